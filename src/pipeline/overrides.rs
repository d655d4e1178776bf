//! Puts what the command line says over the configuration, in all languages.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Request;
use crate::config::Configs;
use crate::path::BaseUrl;
use crate::source;

/// Changes what the request says otherwise, and notes which Go templates of shortcodes there are.
pub(super) fn apply(request: &Request, configs: &mut Configs) {
    let go_shortcodes = source::go_shortcodes(&request.root).into_iter();
    let go_shortcodes: BTreeMap<String, String> =
        go_shortcodes.map(|(name, file)| (name, file.source.to_string())).collect();
    configs.for_each(|config| {
        let hosting = request.hosting.over(config.deployment.hosting);
        Arc::make_mut(&mut config.deployment).hosting = hosting;
        if let Some(url) = &request.base_url {
            config.base_url = BaseUrl::parse(url);
        }
        config.include.drafts |= request.include.drafts;
        config.include.future |= request.include.future;
        config.include.expired |= request.include.expired;
        config.unknown_shortcodes = request.unknown_shortcodes.unwrap_or(config.unknown_shortcodes);
        config.go_shortcodes.clone_from(&go_shortcodes);
    });
}
