//! Pictures that claim to be large, are cut off, or are no pictures: one build tells all of them, and writes nothing.

use crate::site::Site;

/// Files that only pretend, each with the code of its error.
fn pretenders() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let png_header =
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0\0\0\0\0\0\0\0\0IDAT";
    let jpeg_frame = b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03\x01\x11\0\x02\x11\0\x03\x11\0\xff\xd9";
    let dot = b"\x21\xf9\x04\0\x01\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
    let gif = |side: [u8; 2], frames: usize| {
        [b"GIF89a".as_slice(), &side, &side, b"\x80\0\0\0\0\0\xff\xff\xff", &dot.repeat(frames), b";"]
            .concat()
    };
    vec![
        ("huge-a.png", png_header.to_vec(), "image-too-large"),
        ("huge-b.jpg", jpeg_frame.to_vec(), "image-too-large"),
        ("huge-c.gif", gif([0xFF, 0xFF], 1), "image-too-large"),
        ("countless-d.gif", gif([1, 0], 20_000), "image-too-large"),
        (
            "huge-e.webp",
            b"RIFF\x20\0\0\0WEBPVP8L\x10\0\0\0\x2f\xff\xff\xff\x0f\0\0\0\0\0\0\0\0\0\0\0".to_vec(),
            "image-too-large",
        ),
        (
            "huge-f.bmp",
            b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\xff\xff\xff\x7f\xff\xff\xff\x7f\x01\0\x18\0".to_vec(),
            "image-too-large",
        ),
        (
            "cyclic-g.tif",
            b"II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0".to_vec(),
            "image-broken",
        ),
        (
            "garbage-h.avif",
            [b"\0\0\0\x14ftypavif\0\0\0\0mif1".as_slice(), &[0xFF; 64]].concat(),
            "image-broken",
        ),
        ("page-i.jpg", b"<!doctype html><title>Not found</title>".to_vec(), "image-format-unsupported"),
        ("phone-j.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), "image-format-unsupported"),
        ("empty-k.png", Vec::new(), "image-broken"),
    ]
}

#[test]
fn every_picture_that_means_no_good_is_told_in_one_build() {
    let site = Site::of(&[]);
    let mut text = "---\ndate: 2024-05-06\n---\n".to_owned();
    for (name, bytes, _) in pretenders() {
        site.put(&format!("content/blog/post/{name}"), bytes);
        text += &format!("{{{{< imgproc {name} Resize \"20x\" >}}}}A picture{{{{< /imgproc >}}}}\n");
    }
    site.put("content/blog/post/index.md", text);
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(1), "{}", run.told);
    for (name, _, code) in pretenders() {
        let is_told = run.told.split("error[").any(|error| error.starts_with(code) && error.contains(name));
        assert!(is_told, "{name} is not told as {code}:\n{}", run.told);
    }
    assert!(!site.has("index.html"));
}

#[test]
fn a_folder_that_is_called_like_a_picture_is_none() {
    let site = Site::of(&[
        (
            "content/blog/post/index.md",
            "---\ndate: 2024-05-06\n---\n{{< imgproc hall Resize \"20x\" >}}x{{< /imgproc >}}\n",
        ),
        ("content/blog/post/hall.jpg/notes.txt", "x"),
    ]);
    assert_eq!(site.run(&["build"]).code, Some(1));
}
