//! The files of the app: minified further than Trunk does, and named by their content.
//!
//! Trunk has minified the wasm module, but not the names under which it imports functions of its glue:
//! each ends in 16 hexadecimal digits, which do not compress, and stands in both files. `wasm-opt`
//! shortens them in the module, and `esbuild` in the glue.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use std::{fs, io};

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::error::Error;

/// The folder of the modules that the glue imports.
const MODULES: &str = "snippets";
/// The start of the names of both files.
const NAME: &str = "migraine-guide-";

/// The names of the app's files, in the page that Trunk wrote.
struct Files<'a> {
    glue: &'a str,
    wasm: &'a str,
}

impl<'a> Files<'a> {
    /// `None` for a template without an app.
    fn named_in(template: &'a str) -> Option<Self> {
        let names = named_in(template)?;
        // Pages name them by different relative paths.
        let name = |end: &str| names.split([' ', '/']).find(|it| it.ends_with(end));
        Some(Self { glue: name(".js")?, wasm: name("_bg.wasm")? })
    }
}

/// The addresses of the app's files, separated by a space, as the loader reads them; `None` for a template
/// without an app.
pub fn named_in(template: &str) -> Option<&str> {
    let (before, _) = template.split_once("_bg.wasm")?;
    let begin = before.rfind("content=\"")? + "content=\"".len();
    template[begin..].split('"').next()
}

/// Minifies the files of the app, bundles the modules that the glue imports into it, and renames both files
/// to a digest of their content, since caches never ask again for a name. Returns the template with the new
/// names; `None`, and does nothing, in a site that has been through this: its pages can be rendered again
/// without any tool.
///
/// # Errors
/// A file that cannot be read or written, or a tool that is missing or fails.
pub fn minify(template: &str, site: &Path) -> Result<Option<String>, Error> {
    let Some(files) = Files::named_in(template) else { return Ok(None) };
    let modules = site.join(MODULES);
    if !modules.exists() {
        return Ok(None);
    }
    let names = shorten_names(&site.join(files.wasm))?;
    bundle(files.glue, site, &names)?;
    fs::remove_dir_all(&modules).map_err(|error| Error::File(modules, error))?;
    let mut template = template.to_owned();
    for (old, end) in [(files.glue, ".js"), (files.wasm, "_bg.wasm")] {
        let path = site.join(old);
        let new = named_by_content(&path, end).map_err(|error| Error::File(path, error))?;
        template = template.replace(old, &new);
    }
    Ok(Some(template))
}

/// The names that `wasm-opt` gave.
#[derive(Deserialize)]
struct Shortened {
    /// Module, name, new name.
    imports: Vec<[String; 3]>,
    /// Name, new name.
    exports: Vec<[String; 2]>,
}

/// The module of the glue, as wasm-bindgen names it. It calls the functions of all others.
const GLUE: &str = "./migraine-guide_bg.js";
/// The module that `wasm-opt` lets all functions be imported from.
const IMPORTED_MODULE: &str = "a";

/// The features of WebAssembly that Rust and wasm-bindgen use by default. The module no longer lists them, and
/// with all features `wasm-opt` would write an import section that browsers cannot read yet.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What still makes the module smaller after Trunk: `-Oz` once more, and the same hint of alignment everywhere, which
/// compresses better. Browsers ignore the hint.
const SMALLER: [&str; 2] = ["--dealign", "-Oz"];

/// Makes the wasm module smaller, and shortens the names of its imports and exports. Returns each name with the new one.
fn shorten_names(wasm: &Path) -> Result<BTreeMap<String, String>, Error> {
    let mut command = Command::new("wasm-opt");
    command.args(FEATURES).args(SMALLER).arg("--minify-imports-and-exports-and-modules");
    let output = run(command.arg(wasm).arg("--output").arg(wasm))?;
    let shortened: Shortened = serde_json::from_slice(&output.stdout)
        .map_err(|error| Error::Tool("wasm-opt".into(), error.into()))?;
    let mut names = BTreeMap::new();
    for [module, old, new] in shortened.imports {
        if module != GLUE {
            let message =
                format!("{module} would be imported as the glue: bind `{old}` with `catch`");
            return Err(Error::Tool("wasm-opt".into(), io::Error::other(message)));
        }
        names.insert(module, IMPORTED_MODULE.to_owned());
        names.insert(old, new);
    }
    names.extend(shortened.exports.into_iter().map(|[old, new]| (old, new)));
    Ok(names)
}

/// Bundles the modules that the glue imports into it, minified, with the new names of properties.
fn bundle(glue: &str, site: &Path, names: &BTreeMap<String, String>) -> Result<(), Error> {
    let failed = |error: serde_json::Error| Error::Tool("esbuild".into(), error.into());
    let cache = site.join("names.json");
    let text = serde_json::to_vec(names).map_err(failed)?;
    fs::write(&cache, text).map_err(|error| Error::File(cache.clone(), error))?;
    let all: Vec<String> = names.keys().map(|name| name.replace('.', "\\.")).collect();
    let mut command = Command::new("esbuild");
    command.args([
        "--log-level=warning",
        "--bundle",
        "--minify",
        // What wasm-bindgen warns developers of.
        "--drop:console",
        "--format=esm",
        "--target=es2020",
    ]);
    // The name of the imported module is quoted in the glue.
    command.args(["--mangle-quoted", "--mangle-cache=names.json"]);
    command.arg(format!("--mangle-props=^({})$", all.join("|")));
    run(command.args(["--allow-overwrite", "--outdir=.", glue]).current_dir(site))?;
    fs::remove_file(&cache).map_err(|error| Error::File(cache, error))
}

/// Renames a file to a digest of its content. Returns its new name.
fn named_by_content(path: &Path, end: &str) -> io::Result<String> {
    let digest = Sha256::digest(fs::read(path)?);
    let digest = base16ct::lower::encode_string(&digest);
    let name = [NAME, &digest[..16], end].concat();
    fs::rename(path, path.with_file_name(&name))?;
    Ok(name)
}

/// Runs a tool of the Makefile's.
fn run(command: &mut Command) -> Result<Output, Error> {
    let tool = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| Error::Tool(tool.clone(), error))?;
    if output.status.success() {
        return Ok(output);
    }
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(Error::Tool(tool, io::Error::other(message)))
}
