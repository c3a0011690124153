//! The commands of the native program.

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, CommandFactory as _, Parser, Subcommand};

use super::kit::Product;
use super::{Error, kit, preview};

/// Checks the text of the guide, and builds its pages.
#[derive(Debug, Parser)]
#[command(name = "guide", version)]
struct CommandLine {
    /// Without one it is Trunk's `post_build` hook.
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show the guide in your browser while you change its text
    Preview {
        #[command(flatten)]
        content: ContentFlag,
        /// Port of this computer on which it is shown; 0 for any that is free
        #[arg(long, value_name = "NUMBER", default_value_t = 8000)]
        port: u16,
    },
    /// Explain every mistake in the content: file, line, what to do
    Check(ContentFlag),
    /// Build the site, from the files of the app that lie beside this program
    Build {
        #[command(flatten)]
        content: ContentFlag,
        /// Folder for the site; a site that is there is replaced once the new one is complete
        #[arg(long, value_name = "FOLDER", default_value = "dist")]
        out: PathBuf,
    },
    /// Build the inbox of the staff, from the files of its app that lie beside this program
    Inbox {
        #[command(flatten)]
        content: ContentFlag,
        /// Folder for the inbox; one that is there is replaced once the new one is complete
        #[arg(long, value_name = "FOLDER", default_value = "dist-inbox")]
        out: PathBuf,
    },
    /// Write the self-assessment on one page into target/review, for a clinician to read and sign
    Review(ContentFlag),
}

/// The flag that names the content.
#[derive(Args, Debug)]
struct ContentFlag {
    /// Folder of the content; default: content
    #[arg(long, value_name = "FOLDER")]
    content: Option<PathBuf>,
}

impl ContentFlag {
    fn folder(self) -> Result<PathBuf, Error> {
        let folder = self.content.unwrap_or_else(content);
        match folder.join(super::LANGUAGE).is_dir() {
            true => Ok(folder),
            false => Err(Error::NoContent(folder)),
        }
    }
}

/// The folder of the content, where no flag names one.
fn content() -> PathBuf {
    env::var_os("GUIDE_CONTENT").unwrap_or_else(|| "content".into()).into()
}

/// Runs the command that this process was started with. Errors go to standard error.
pub fn run() -> ExitCode {
    let assembled = env::var_os("TRUNK_STAGING_DIR");
    let done = match (CommandLine::parse().command, assembled) {
        (Some(command), _) => command.run(),
        (None, Some(site)) => super::run_as_hook(&content(), site.into()),
        (None, None) => {
            let _ = CommandLine::command().print_help();
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(error.exit_code())
        }
    }
}

impl Command {
    fn run(self) -> Result<(), Error> {
        match self {
            Self::Preview { content, port } => {
                preview::run(&app(Product::Site)?, &content.folder()?, port)
            }
            Self::Check(flag) => super::check(&flag.folder()?),
            Self::Build { content, out } => {
                kit::build(Product::Site, &app(Product::Site)?, &content.folder()?, &out)?;
                eprintln!("{}: the site, to be copied to the server", out.display());
                Ok(())
            }
            Self::Inbox { content, out } => match env::var_os("TRUNK_STAGING_DIR") {
                // The hook of its Trunk build.
                Some(inbox) => super::run_as_hook_of_inbox(&content.folder()?, Path::new(&inbox)),
                None => {
                    kit::build(Product::Inbox, &app(Product::Inbox)?, &content.folder()?, &out)?;
                    eprintln!("{}: the inbox, for the setting inbox of intake", out.display());
                    Ok(())
                }
            },
            Self::Review(flag) => {
                let app = app(Product::Site)?;
                let appearance = if app.is_dir() { app } else { PathBuf::new() };
                super::write_review(&flag.folder()?, &appearance)
            }
        }
    }
}

/// The folder with the files of a product's app.
fn app(product: Product) -> Result<PathBuf, Error> {
    let program = env::current_exe().map_err(|error| Error::File("guide".into(), error))?;
    Ok(program.with_file_name(product.app()))
}
