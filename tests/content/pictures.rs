//! Pictures beside articles.

use std::fs;
use std::path::Path;

use crate::copy::Copy;
use crate::keys::{checked, with_expiring_key};

const FILE: &str = "en/articles/what-ketamine-is.md";

fn icon(copy: &Copy, name: &str) {
    let icon = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/icon-192.png");
    fs::copy(icon, copy.content().join("en/articles").join(name)).expect("copied");
}

#[test]
fn a_picture_whose_name_has_blanks() {
    for link in ["my vial.png", "<my vial.png>", "my%20vial.png"] {
        let copy = Copy::new();
        icon(&copy, "my vial.png");
        let file = "en/articles/what-ketamine-is.md";
        let image = format!("## A word about names {{#names}}\n\n![A vial]({link})");
        copy.spoil(file, "## A word about names {#names}", &image);
        copy.expect(file, &format!("({link})"), "no blanks");
    }
}

#[test]
fn a_picture_whose_name_is_written_otherwise() {
    let copy = Copy::new();
    icon(&copy, "Vial.PNG");
    let file = "en/articles/what-ketamine-is.md";
    copy.spoil(
        file,
        "## A word about names {#names}",
        "## A word about names {#names}\n\n![A vial](vial.png)",
    );
    copy.expect(file, "(vial.png)", "the file is called \"Vial.PNG\"");
}

#[test]
fn a_picture_of_a_kind_that_browsers_do_not_show() {
    // The head of a photograph as a telephone takes it, under a name that says otherwise.
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0".to_vec();
    let copy = Copy::new();
    copy.put("en/articles/photo.jpg", heic);
    let file = "en/articles/what-ketamine-is.md";
    copy.spoil(
        file,
        "## A word about names {#names}",
        "## A word about names {#names}\n\n![A room](photo.jpg)",
    );
    copy.expect(file, "(photo.jpg)", "the image \"photo.jpg\"");
}

fn icon_bytes() -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("public/icon-192.png")).expect("a picture")
}

/// An article that shows this picture.
fn shown(name: &str, bytes: &[u8]) -> Copy {
    let copy = Copy::new();
    copy.put(&format!("en/articles/{name}"), bytes);
    let image = format!("## A word about names {{#names}}\n\n![A vial]({name})");
    copy.spoil(FILE, "## A word about names {#names}", &image);
    copy
}

/// The smallest JPEG that says its size: a frame, a scan, an end.
fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let [(w1, w2), (h1, h2)] = [width, height].map(|it| (it.to_be_bytes()[0], it.to_be_bytes()[1]));
    let app0 = [&[0xff, 0xd8, 0xff, 0xe0, 0, 16][..], b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"].concat();
    let frame = [0xff, 0xc0, 0, 11, 8, h1, h2, w1, w2, 1, 1, 0x11, 0];
    let scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x55, 0xff, 0xd9];
    [&app0[..], &frame, &scan].concat()
}

/// The head of a WebP of one pixel, and a size that says how long it is.
fn webp() -> Vec<u8> {
    let data = [&b"WEBPVP8L"[..], &5_u32.to_le_bytes(), &[0x2f, 0, 0, 0, 0, 0]].concat();
    let size = u32::try_from(data.len()).expect("short").to_le_bytes();
    [&b"RIFF"[..], &size, &data].concat()
}

/// A box of an AVIF file.
fn boxed(name: &[u8; 4], inside: &[u8]) -> Vec<u8> {
    let length = u32::try_from(inside.len() + 8).expect("short").to_be_bytes();
    [&length, &name[..], inside].concat()
}

/// The head of an AVIF that says its size, and a box for the data.
fn avif() -> Vec<u8> {
    let size = [0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 10];
    let properties = boxed(b"iprp", &boxed(b"ipco", &boxed(b"ispe", &size)));
    let meta = boxed(b"meta", &[&[0, 0, 0, 0], &*properties].concat());
    [boxed(b"ftyp", b"avif\0\0\0\0avifmif1"), meta, boxed(b"mdat", &[0x55; 40])].concat()
}

#[test]
fn a_picture_that_was_not_copied_whole() {
    for (name, bytes) in [
        ("vial.png", icon_bytes()),
        ("vial.jpg", jpeg(20, 10)),
        ("vial.webp", webp()),
        ("vial.avif", avif()),
    ] {
        shown(name, &bytes).read();
        for less in [2, bytes.len() / 4] {
            let copy = shown(name, &bytes[..bytes.len() - less]);
            copy.expect(FILE, &format!("({name})"), "its end is missing; copy it again");
        }
    }
    // What a telephone adds behind the end.
    shown("vial.jpg", &[&jpeg(20, 10)[..], b"\0\0more"].concat()).read();
}

#[test]
fn a_picture_that_is_none() {
    for bytes in [&b""[..], b"PK\x03\x04 a document", b"<html>Not found</html>"] {
        for name in ["vial.jpg", "vial.png"] {
            let copy = shown(name, bytes);
            let reason = "holds no picture; save it again as PNG or JPEG";
            copy.expect(FILE, &format!("({name})"), reason);
        }
    }
}

#[test]
fn a_picture_that_takes_long_to_load() {
    let heavy = [icon_bytes(), vec![0; 2_100_000]].concat();
    for (name, bytes, words) in
        [("vial.jpg", jpeg(4032, 3024), "4032 × 3024 pixels"), ("vial.png", heavy, "2.1 MB")]
    {
        let copy = shown(name, &bytes);
        with_expiring_key(&copy, "\"2999-12-31\"");
        let (code, said) = checked(&copy);
        assert_eq!(code, Some(0), "{said}");
        assert!(
            said.contains("warning: ") && said.contains(&format!("articles/{name}:1: ")),
            "{said}"
        );
        assert!(said.contains(words) && said.contains("save it smaller"), "{said}");
    }
}

#[test]
fn a_picture_that_no_article_beside_it_shows() {
    for file in ["en/articles/vial.png", "en/pages/vial.png", "en/vial.png"] {
        let copy = Copy::new();
        copy.put(file, icon_bytes());
        let found = copy.mistakes();
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].0, file);
        assert!(found[0].2.contains("no article beside it shows this picture"), "{}", found[0].2);
    }
    // Where an article has mistakes it is not known what it shows.
    let copy = Copy::new();
    copy.put("en/articles/vial.png", icon_bytes());
    copy.spoil(FILE, "## How it is given {#how-it-is-given}", "## How it is given");
    copy.expect(FILE, "## How it is given", "a section needs an id");
}
