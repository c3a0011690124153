//! Rules on imports: no folder of `src/` uses one above it, and no files use each other in a circle.

use std::collections::BTreeMap;
use std::path::PathBuf;

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};

use super::{files, read};

/// The folders of a package whose every folder uses only those behind it. See `docs/architecture.md`, and
/// `lib.rs` of the package.
const LEVELS: [(&str, &[&str]); 2] = [
    ("src", &["site", "pages", "assessment", "request", "components", "browser", "content"]),
    (
        "crates/inbox/src",
        &["app", "screens", "stage", "components", "desk", "service", "model", "browser"],
    ),
];

/// The path of a module in its package, without the package: empty for the root.
type Module = Vec<String>;

/// A module that a line of a file names.
struct Use {
    line: usize,
    module: Module,
}

struct File {
    path: PathBuf,
    uses: Vec<Use>,
}

/// Collects the paths that a file names, in imports and elsewhere.
struct Paths<'a> {
    here: &'a Module,
    modules: &'a BTreeMap<Module, PathBuf>,
    found: Vec<Use>,
}

impl Paths<'_> {
    /// Keeps the innermost module that a path leads through.
    fn keep(&mut self, line: usize, path: &[String]) {
        let mut segments = path.iter();
        let mut module = match segments.next().map(String::as_str) {
            Some("crate") => Vec::new(),
            Some("self") => self.here.clone(),
            Some("super") => {
                self.here.split_last().map_or(Vec::new(), |(_, parent)| parent.to_vec())
            }
            // A module declared here; everything else is of another package.
            Some(child) => [self.here.as_slice(), &[child.to_owned()]].concat(),
            None => return,
        };
        for segment in segments {
            if segment == "super" {
                module.pop();
                continue;
            }
            let inner = [module.as_slice(), std::slice::from_ref(segment)].concat();
            if !self.modules.contains_key(&inner) {
                break;
            }
            module = inner;
        }
        if self.modules.contains_key(&module) && module != *self.here {
            self.found.push(Use { line, module });
        }
    }

    fn tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.tree(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.keep(name.span().start().line, &with(&name.ident)),
            syn::UseTree::Rename(name) => self.keep(name.span().start().line, &with(&name.ident)),
            syn::UseTree::Glob(glob) => self.keep(glob.span().start().line, before),
            syn::UseTree::Group(group) => group.items.iter().for_each(|it| self.tree(before, it)),
        }
    }
}

impl<'ast> Visit<'ast> for Paths<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|it| it.ident.to_string()).collect();
        if names.first().is_some_and(|it| matches!(&**it, "crate" | "self" | "super"))
            && names.len() > 1
        {
            self.keep(path.span().start().line, &names);
        }
        visit::visit_path(self, path);
    }

    // `pub(in crate::…)` uses nothing of its module.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    // Tests inside a file may use what they test from anywhere.
    fn visit_item_mod(&mut self, _: &'ast syn::ItemMod) {}
}

/// The files of a package below this folder, by module.
fn package(folder: &str) -> BTreeMap<Module, File> {
    let mut modules = BTreeMap::new();
    for path in files(folder, "rs") {
        let below = path.strip_prefix(folder).expect("below it").with_extension("");
        let mut module: Module = below.iter().map(|it| it.to_string_lossy().into_owned()).collect();
        if module.last().is_some_and(|it| matches!(&**it, "mod" | "lib")) {
            module.pop();
        } else if module == ["main"] {
            continue;
        }
        modules.insert(module, path);
    }
    let uses = |here: &Module, path: &PathBuf| {
        let file = syn::parse_file(&read(path)).expect("Rust");
        let mut paths = Paths { here, modules: &modules, found: Vec::new() };
        paths.visit_file(&file);
        paths.found
    };
    let file = |(module, path): (&Module, &PathBuf)| {
        (module.clone(), File { path: path.clone(), uses: uses(module, path) })
    };
    modules.iter().map(file).collect()
}

#[test]
fn a_folder_uses_only_those_below_it() {
    for (of_package, levels) in LEVELS {
        let level = |module: &Module| {
            let folder = module.first()?;
            let level = levels.iter().position(|it| it == folder);
            Some(level.unwrap_or_else(|| panic!("{of_package}/{folder} has no level: add it")))
        };
        for (module, file) in package(of_package) {
            for Use { line, module: used } in &file.uses {
                assert!(
                    level(&module) <= level(used) || module.is_empty(),
                    "{}:{line}: {} stands above {} in docs/architecture.md; move what is used down, \
                     or what uses it up",
                    file.path.display(),
                    used.join("::"),
                    module.join("::"),
                );
            }
        }
    }
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    for folder in [
        "src",
        "crates/clinic-core/src",
        "crates/guide-core/src",
        "crates/inbox/src",
        "crates/intake/src",
        "crates/precompress/src",
        "crates/web-jwe/src",
    ] {
        let package = package(folder);
        let names: Vec<&Module> = package.keys().collect();
        let number = |module: &Module| names.binary_search(&module).expect("a module");
        let mut graph = DiGraphMap::<usize, usize>::new();
        for (module, file) in &package {
            for Use { line, module: used } in &file.uses {
                graph.add_edge(number(module), number(used), *line);
            }
        }
        let circles: Vec<String> = tarjan_scc(&graph)
            .into_iter()
            .filter(|circle| circle.len() > 1)
            .map(|circle| {
                let inside = graph
                    .all_edges()
                    .filter(|(from, to, _)| circle.contains(from) && circle.contains(to));
                let lines = inside.map(|(from, to, line)| {
                    let path = package[names[from]].path.display();
                    format!("  {path}:{line} uses {}", names[to].join("::"))
                });
                lines.collect::<Vec<_>>().join("\n")
            })
            .collect();
        assert!(
            circles.is_empty(),
            "files use each other in a circle; move what both need into a file of its own:\n{}",
            circles.join("\n\n")
        );
    }
}
