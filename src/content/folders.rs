//! The files and folders of `content/`. One that nothing reads is a mistake: an article under another
//! name or in another folder would be missing from the site without a word.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::{fs, io};

use guide_core::source::Mistake;

use super::markdown::{IMAGE_ENDINGS, is_image};
use super::routes::PRIVACY;

/// What the computers of people who edit leave in folders.
const LEFT_BY_COMPUTERS: [&str; 2] = ["Thumbs.db", "desktop.ini"];
/// Folders whose files are articles.
const OF_ARTICLES: [&str; 2] = ["articles", "pages"];
/// Files of a language, beside which the pictures of the guide lie.
const OF_LANGUAGE: [&str; 11] = [
    "assessment.toml",
    "diary.toml",
    "figures.toml",
    "glossary.toml",
    "guide.md",
    "inbox.toml",
    "interface.toml",
    "matters.toml",
    "options.toml",
    "studies.toml",
    "take-along.toml",
];
/// Further pages cannot have these names: the site has folders that are called so.
const TAKEN: [&str; 2] = ["snippets", "wordpress"];

/// Nor this one: intake answers whatever is asked below it.
const INTERFACE: &str = "v1";

/// The articles of a folder, by name; none where there is no such folder.
pub(super) fn articles(folder: &Path) -> Vec<PathBuf> {
    let entries = entries(folder).unwrap_or_default();
    entries.into_iter().filter(|path| path.extension().is_some_and(|it| it == "md")).collect()
}

/// All that nothing would read, and names that make no address.
pub(super) fn mistakes(folder: &Path, language: &str) -> Vec<Mistake> {
    let words = folder.join(language);
    let mut mistakes = each(folder, |path, name| match name {
        _ if name == language || name == "clinic.toml" => None,
        _ if is_markdown(path) => Some(format!(
            "nothing reads it here; put it into {language}/articles/ or {language}/pages/"
        )),
        _ => Some(unread(path)),
    });
    mistakes.extend(each(&words, |path, name| match name {
        _ if OF_LANGUAGE.contains(&name) || OF_ARTICLES.contains(&name) || is_image(path) => None,
        _ if is_markdown(path) => {
            Some("nothing reads it here; put it into articles/ or pages/".to_owned())
        }
        _ => Some(unread(path)),
    }));
    let privacy = words.join("pages").join(PRIVACY.trim_end_matches('/')).with_extension("md");
    if !privacy.exists() {
        let reason = "the request form links to this page, whose address is the name of the file; put \
                      it back";
        let file = privacy.display().to_string();
        mistakes.push(Mistake { file, line: 1, reason: reason.to_owned() });
    }
    for name in OF_ARTICLES {
        mistakes.extend(each(&words.join(name), |path, file| of_articles(name, path, file)));
    }
    mistakes
}

/// Pictures that no page of their folder shows.
pub(super) fn unshown(words: &Path, shown: &HashSet<&Path>) -> Vec<Mistake> {
    let folders = std::iter::once(words.to_owned()).chain(OF_ARTICLES.map(|it| words.join(it)));
    let unshown = |path: &Path| {
        (is_image(path) && path.is_file() && !shown.contains(path)).then(|| {
            "no article beside it shows this picture; show it, ![what it shows](its-name.png), or \
             remove it"
                .to_owned()
        })
    };
    folders.flat_map(|folder| each(&folder, |path, _| unshown(path))).collect()
}

fn of_articles(folder: &str, path: &Path, name: &str) -> Option<String> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    if path.is_dir() {
        return Some(format!("folders are not looked into; put its files into {folder}/"));
    }
    if !is_markdown(path) {
        let unread = (!is_image(path)).then(|| {
            format!(
                "nothing reads this file. If it is an article, save it with a name that ends in .md, \
                 as plain text; pictures end in .{}",
                IMAGE_ENDINGS.join(", .")
            )
        });
        return unread.map(|reason| private(name).unwrap_or(reason));
    }
    if !name.ends_with(".md") {
        return Some(format!("write .md in small letters: {stem}.md"));
    }
    let kebab = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    if !stem.chars().all(kebab) {
        let like = if stem.is_ascii() {
            format!(", such as {}.md", address(&stem))
        } else {
            String::new()
        };
        return Some(format!(
            "the name of the file is the address of its page: small letters, digits and dashes{like}"
        ));
    }
    if folder == "pages" && stem == INTERFACE {
        return Some(format!(
            "the addresses below {stem}/ are those of intake, which takes requests there; give the page \
             another name"
        ));
    }
    (folder == "pages" && TAKEN.contains(&&*stem))
        .then(|| format!("the site itself has a folder {stem}/; give the page another name"))
}

/// The name as an address could have it.
fn address(stem: &str) -> String {
    let lower = stem.to_lowercase();
    let words = lower.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join("-")
}

fn unread(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let lower = name.to_lowercase();
    private(&name).unwrap_or_else(|| {
        let known = OF_ARTICLES.iter().chain(&OF_LANGUAGE).find(|it| **it == lower);
        let kind = if path.is_dir() { "folder" } else { "file" };
        match known {
            Some(known) => format!("nothing reads this {kind}; write its name {known}"),
            None => format!("nothing reads this {kind}; remove it, or write its name as it was"),
        }
    })
}

fn private(name: &str) -> Option<String> {
    name.contains(".private.").then(|| {
        "a private key: whoever has it can read every request. Keep it outside of the project; where \
         others could have seen it, make a new pair"
            .to_owned()
    })
}

fn is_markdown(path: &Path) -> bool {
    path.is_file() && path.extension().is_some_and(|it| it.eq_ignore_ascii_case("md"))
}

/// What `wrong` says of every entry of a folder.
fn each(folder: &Path, wrong: impl Fn(&Path, &str) -> Option<String>) -> Vec<Mistake> {
    let mistake =
        |path: &Path, reason| Mistake { file: path.display().to_string(), line: 1, reason };
    let entries = match entries(folder) {
        Ok(entries) => entries,
        Err(error) => return vec![mistake(folder, format!("cannot be read ({error})"))],
    };
    let wrong = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Some(mistake(path, wrong(path, &name)?))
    };
    entries.iter().filter_map(wrong).collect()
}

/// What people put into a folder, by name; nothing where there is no such folder.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let read = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        read => read?,
    };
    let mut paths = read.map(|it| it.map(|it| it.path())).collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        !name.starts_with('.') && !LEFT_BY_COMPUTERS.contains(&&*name)
    });
    paths.sort();
    Ok(paths)
}
