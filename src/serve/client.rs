//! The script of the preview, as browsers get it: the files of `live/` in one function.
//!
//! They share one scope and nothing of it is seen by the page. `live.js` is the last, because it starts what the others say.

/// What a browser gets for `/_hallway/live.js`.
pub(super) const CLIENT: &str = concat!(
    "(() => {\n'use strict';\n",
    include_str!("live/files.js"),
    include_str!("live/morph.js"),
    include_str!("live/overlay.js"),
    include_str!("live/marks.js"),
    include_str!("live/live.js"),
    "})();\n",
);
