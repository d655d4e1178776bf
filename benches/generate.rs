//! Writes a made-up conference blog to measure with: `generate DIR --posts N [--photos P] [--megapixels 48]`.
//!
//! What is in it is said in `site`; this file reads the arguments and says what it wrote.

mod photo;
mod site;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// What to write where.
struct Order {
    folder: PathBuf,
    posts: usize,
    photos: usize,
    /// How often the width of 12 megapixels is that of a photo.
    scale: u16,
}

fn main() -> ExitCode {
    let Some(order) = parse(std::env::args().skip(1)) else {
        eprintln!(
            "usage: generate DIR --posts N [--photos P] [--megapixels 12|48]    (P at most N; DIR new or empty)"
        );
        return ExitCode::from(2);
    };
    match write(&order) {
        Ok(()) => {
            println!("{} posts, {} photos in {}", order.posts, order.photos, order.folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: cannot write `{}`: {error}", order.folder.display());
            ExitCode::FAILURE
        }
    }
}

fn write(order: &Order) -> io::Result<()> {
    if order.folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(io::Error::other("the folder is not empty"));
    }
    let bundles = site::write(&order.folder, order.posts, order.photos)?;
    // `featured` makes it the picture of the post in lists, `hall` is what the post's `imgproc` asks for.
    bundles
        .iter()
        .enumerate()
        .try_for_each(|(number, bundle)| photo::write(&bundle.join("featured-hall.jpg"), number, order.scale))
}

fn parse(mut arguments: impl Iterator<Item = String>) -> Option<Order> {
    let (mut folder, mut posts, mut photos, mut scale) = (None, None, 0, 1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--posts" => posts = Some(arguments.next()?.parse().ok()?),
            "--photos" => photos = arguments.next()?.parse().ok()?,
            "--megapixels" => {
                scale = match arguments.next()?.as_str() {
                    "12" => 1,
                    "48" => 2,
                    _ => return None,
                }
            }
            option if option.starts_with('-') => return None,
            _ if folder.is_none() => folder = Some(PathBuf::from(argument)),
            _ => return None,
        }
    }
    let order = Order { folder: folder?, posts: posts?, photos, scale };
    (order.photos <= order.posts).then_some(order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn posts() -> Vec<site::Post> {
        (0..300).map(|number| site::post(number, false)).collect()
    }

    fn distinct<T: Ord>(values: impl IntoIterator<Item = T>) -> usize {
        values.into_iter().collect::<BTreeSet<_>>().len()
    }

    #[test]
    fn a_post_has_about_600_words_and_4_to_6_headings() {
        for site::Post { folder, text } in posts() {
            let words = text.split_whitespace().count();
            assert!((560..=760).contains(&words), "{words} words in {folder}");
            let headings =
                text.lines().filter(|line| line.starts_with("## ") || line.starts_with("### ")).count();
            assert!((4..=6).contains(&headings), "{headings} headings in {folder}");
        }
    }

    #[test]
    fn a_post_has_one_code_block_of_8_to_20_lines_that_no_other_has() {
        let posts = posts();
        let blocks: Vec<Vec<&str>> = posts.iter().map(|post| post.text.split("```").collect()).collect();
        for (post, block) in posts.iter().zip(&blocks) {
            assert_eq!(block.len(), 3, "{}", post.folder);
            let lines = block[1].lines().count() - 1;
            assert!((8..=20).contains(&lines), "{lines} lines of code in {}", post.folder);
        }
        assert_eq!(distinct(blocks.iter().map(|block| block[1])), posts.len());
        assert_eq!(distinct(blocks.iter().map(|block| block[1].lines().next())), 8, "languages");
    }

    #[test]
    fn no_two_posts_share_text_title_or_folder_and_each_is_the_same_again() {
        let posts = posts();
        assert_eq!(distinct(posts.iter().map(|post| &post.folder)), posts.len());
        assert_eq!(distinct(posts.iter().map(|post| &post.text)), posts.len());
        assert_eq!(distinct(posts.iter().map(|post| post.text.lines().nth(1))), posts.len());
        assert_eq!(site::post(7, true).text, site::post(7, true).text);
    }

    #[test]
    fn a_post_has_3_of_50_tags() {
        let posts = posts();
        let tags: Vec<Vec<&str>> = posts.iter().map(|post| tags(&post.text)).collect();
        assert!(tags.iter().all(|tags| distinct(tags) == 3));
        assert_eq!(distinct(tags.iter().flatten()), 50);
    }

    fn tags(text: &str) -> Vec<&str> {
        let list = text.split("tags:").nth(1).unwrap_or_default().trim_start();
        match list.strip_prefix('[') {
            Some(flow) => flow.split(']').next().unwrap_or_default().split(", ").collect(),
            None => list.lines().map_while(|line| line.strip_prefix("- ")).collect(),
        }
    }

    #[test]
    fn arguments_are_one_folder_and_the_options_in_any_order() {
        let order = |words: &str| parse(words.split_whitespace().map(str::to_owned));
        assert!(order("--photos 2 dir --posts 3").is_some_and(|order| (order.posts, order.photos) == (3, 2)));
        let refused = ["", "dir", "--posts 3", "dir --posts", "dir --posts x", "a b --posts 1"];
        for refused in refused.into_iter().chain(["dir --posts 1 --photos 2"]) {
            assert!(order(refused).is_none(), "{refused}");
        }
    }
}
