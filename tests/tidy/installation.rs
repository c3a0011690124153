//! Rules of installation: nothing is installed and no password asked for without saying why, and only where the
//! packages are Debian's. Machines are folders with a few programs, of which some record how they were called.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use super::root;

/// What a bare system brings along, and the Makefile itself uses.
const BASICS: [&str; 23] = [
    "awk", "bash", "cat", "cp", "cut", "date", "dirname", "find", "grep", "head", "ln", "ls",
    "make", "mkdir", "mktemp", "rm", "sed", "sh", "sleep", "sort", "tee", "touch", "wc",
];

/// A machine with the basics, and a home folder of its own.
struct Machine {
    folder: TempDir,
}

/// What a call printed, of both streams, and if it succeeded.
struct Outcome {
    text: String,
    success: bool,
}

impl Machine {
    /// A machine whose `uname` prints this, with these lines in `/etc/os-release`, and this user id.
    fn new(uname: &str, os_release: &str, user: u32) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("bin")).expect("a folder");
        fs::write(folder.path().join("os-release"), os_release).expect("a file");
        let machine = Self { folder };
        for name in BASICS {
            machine.link(name, name);
        }
        machine.program("uname", &format!("echo {uname}"));
        machine.program("id", &format!("echo {user}"));
        machine.program("rustup", "");
        machine.program("cargo", "");
        machine.records("apt-get");
        machine.records("sudo");
        machine
    }

    fn debian(user: u32) -> Self {
        let machine = Self::new("Linux", "ID=debian\n", user);
        machine.link("sha256sum", "sha256sum");
        machine
    }

    fn ubuntu(user: u32) -> Self {
        let machine = Self::new("Linux", "ID=ubuntu\nID_LIKE=debian\n", user);
        machine.link("sha256sum", "sha256sum");
        machine
    }

    fn fedora() -> Self {
        let machine = Self::new("Linux", "ID=fedora\n", 1000);
        machine.link("sha256sum", "sha256sum");
        machine
    }

    /// Has `shasum` instead of `sha256sum`.
    fn macos() -> Self {
        let machine = Self::new("Darwin", "", 501);
        machine.link("sha256sum", "digest");
        machine.program("shasum", "digest");
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Gives it a program of the machine that runs the test, by another name if wanted.
    fn link(&self, name: &str, link: &str) {
        let found = std::env::split_paths(&std::env::var_os("PATH").expect("PATH"))
            .map(|folder| folder.join(name))
            .find(|path| path.is_file())
            .unwrap_or_else(|| panic!("{name} is not on PATH"));
        symlink(found, self.path("bin").join(link)).expect("a link");
    }

    fn program(&self, name: &str, script: &str) {
        let path = self.path("bin").join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a file");
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("permissions");
    }

    /// A program that prints and keeps its call, and does nothing.
    fn records(&self, name: &str) {
        let calls = self.path("calls").display().to_string();
        self.program(name, &format!("echo \"called: {name} $*\" | tee -a '{calls}' >&2"));
    }

    /// Calls of programs that record them.
    fn calls(&self) -> String {
        fs::read_to_string(self.path("calls")).unwrap_or_default()
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(root())
            .env_clear()
            .env("PATH", self.path("bin"))
            .env("HOME", self.folder.path())
            .env("OS_RELEASE", self.path("os-release"))
            .env("GUIDE_TOOLS", self.path("tools"))
            .env("TOOLS_CACHE", self.path("cache"))
            // One stream, in the order of what was printed.
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs a command of the shell in the project's folder.
    fn run(&self, line: &str) -> Outcome {
        let line = format!("exec 2>&1; {line}");
        outcome(&self.command("/bin/sh", &["-c", &line]).output().expect("a shell"))
    }

    fn make(&self, target: &str) -> Outcome {
        self.run(&format!("make {target} TOOLS='{}'", self.path("tools").display()))
    }
}

fn outcome(output: &Output) -> Outcome {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Outcome { text, success: output.status.success() }
}

#[test]
fn other_systems_are_told_in_one_line_what_to_install() {
    for (machine, line) in [
        (Machine::fedora(), "Install first: sudo dnf install openssl-devel pkgconf-pkg-config"),
        (Machine::macos(), "Install first: brew install openssl@3"),
        (
            Machine::new("FreeBSD", "", 1000),
            "Install first what Debian calls libssl-dev pkg-config,",
        ),
    ] {
        let Outcome { text, success } = machine.make("serve");
        assert!(!success, "{text}");
        let told = text.lines().filter(|line| line.contains("nstall first")).collect::<Vec<_>>();
        assert!(told.len() == 1 && told[0].starts_with(line), "{text}");
        assert_eq!(machine.calls(), "", "{text}");
    }
}

#[test]
fn cargo_does_not_warn_about_the_jobs_of_make() {
    let machine = Machine::debian(0);
    machine.program("cc", "");
    machine.program("pkg-config", "");
    machine.program("cargo", "echo \"jobs: ${CARGO_MAKEFLAGS-those of MAKEFLAGS}\"");
    let Outcome { text, success } = machine.make("-j2 guide");
    assert!(success && text.ends_with("\njobs: \n"), "{text}");
}

#[test]
fn an_old_node_js_is_told_in_one_line() {
    let machine = Machine::debian(0);
    machine.program("npm", "");
    machine.link("node", "node");
    let tools = machine.path("tools").display().to_string();
    let tool = format!("\"$(make -pn help TOOLS='{tools}' | sed -n 's/^NPM_TOOLS := //p')\"");
    let Outcome { text, success } = machine.make(&tool);
    assert!(success, "the Node.js of this machine is new enough: {text}");
    fs::remove_dir_all(machine.path("tools")).expect("removed");
    // Answers as Node.js does where a condition is not met.
    fs::remove_file(machine.path("bin/node")).expect("removed");
    machine.program("node", "exit 1");
    let Outcome { text, success } = machine.make(&tool);
    assert!(!success && text.contains("install Node.js 20.19 or later"), "{text}");
}

#[test]
fn only_debian_and_ubuntu_run_apt_get() {
    let all = "compiler openssl perl musl venv chromium webkit firefox postgres wordpress";
    for machine in [Machine::fedora(), Machine::macos(), Machine::new("FreeBSD", "", 1000)] {
        for need in all.split(' ') {
            machine.run(&format!("tests/tools/packages.sh {need}"));
        }
        for target in
            ["serve", "test", "quick", "toolchain", "browser", "webkit", "firefox", "musl"]
        {
            let Outcome { text, success } = machine.make(target);
            assert!(!success, "make {target} found what is not there: {text}");
        }
        assert_eq!(machine.calls(), "", "packages are not Debian's there");
    }
    let machine = Machine::debian(0);
    for need in all.split(' ') {
        let Outcome { text, success } = machine.run(&format!("tests/tools/packages.sh {need}"));
        assert!(success, "{text}");
    }
    assert!(machine.calls().lines().count() >= 2 * 8, "{}", machine.calls());
}

#[test]
fn sudo_runs_after_it_is_said_which_packages_and_why() {
    let machine = Machine::debian(1000);
    let Outcome { text, .. } = machine.make("openssl");
    let told = text.find("libssl-dev pkg-config: intake is linked with it").expect(&text);
    let password = text.find("sudo may ask for your password").expect(&text);
    let called = text.find("called: sudo apt-get").expect(&text);
    assert!(told < called && password < called, "{text}");
    assert!(
        machine.calls().contains("install -y -qq --no-install-recommends libssl-dev pkg-config")
    );
}

#[test]
fn root_needs_no_sudo() {
    let machine = Machine::debian(0);
    let Outcome { text, success } = machine.make("openssl");
    assert!(success, "{text}");
    assert!(machine.calls().contains("called: apt-get install"), "{text}");
    assert!(!machine.calls().contains("sudo"), "{text}");
}

#[test]
fn without_sudo_the_command_for_an_administrator_is_printed() {
    let machine = Machine::debian(1000);
    fs::remove_file(machine.path("bin/sudo")).expect("removed");
    let Outcome { text, success } = machine.make("openssl");
    assert!(!success, "{text}");
    assert!(
        text.contains("Let an administrator run: apt-get install libssl-dev pkg-config"),
        "{text}"
    );
    assert_eq!(machine.calls(), "");
}

#[test]
fn a_browser_that_cannot_be_had_is_left_out_except_in_ci() {
    let machine = Machine::ubuntu(0);
    let Outcome { text, success } = machine.run("tests/tools/packages.sh 'chromium?' 'firefox?'");
    assert!(success && text.matches("tests go without it").count() == 2, "{text}");
    assert_eq!(machine.calls(), "");
    let Outcome { text, success } = machine.run("tests/tools/packages.sh chromium");
    assert!(!success && text.contains("Install first"), "{text}");

    // The browser of each without its driver, or the other way round, is not enough.
    for name in ["chromium", "chromedriver", "firefox-esr", "Xvfb"] {
        machine.program(name, "");
    }
    let Outcome { text, success } = machine.run("tests/tools/engines.sh 2>/dev/null");
    assert!(success && text == "chromium\n", "{text}");
    let Outcome { text, success } = machine.run("CI=true tests/tools/engines.sh");
    assert!(!success && text.contains("webkit firefox"), "{text}");
    machine.program("WebKitWebDriver", "");
    machine.program("geckodriver", "");
    let Outcome { text, success } = machine.run("CI=true tests/tools/engines.sh");
    assert!(success && text == "chromium webkit firefox\n", "{text}");
}

/// Installs a tool by this script, which is given the folder `$INTO`.
fn install(script: &str) -> String {
    format!("tests/tools/install.sh 'a tool' tool 1.0 bin/tool '{script}'")
}

#[test]
fn two_checkouts_that_install_at_once_use_the_same_tool() {
    let machine = Machine::debian(0);
    // Neither goes on before both have begun.
    let begun = machine.path("begun");
    fs::create_dir(&begun).expect("a folder");
    let begun = begun.display();
    let script = format!(
        "touch \"{begun}/${{INTO##*/}}\"; until [ $(ls \"{begun}\" | wc -l) = 2 ]; do :; done; \
         mkdir \"$INTO/bin\"; echo \"$INTO\" > \"$INTO/bin/tool\""
    );
    let running = ["one", "another"].map(|name| {
        let mut command = machine.command("/bin/sh", &["-c", &install(&script)]);
        command.env("GUIDE_TOOLS", machine.path(name)).spawn().expect("a shell")
    });
    for child in running {
        let output = child.wait_with_output().expect("an end");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let [one, another] = ["one/bin/tool", "another/bin/tool"]
        .map(|path| fs::read_to_string(machine.path(path)).expect("the tool"));
    assert_eq!(one, another);
    assert!(machine.path("one/tool-1.0").exists() && machine.path("another/tool-1.0").exists());
    let left = fs::read_dir(machine.path("cache")).expect("a folder").count();
    assert_eq!(left, 2, "the tool of one of them, and the link to it");
}

#[test]
fn a_tool_is_installed_once_a_machine() {
    let machine = Machine::debian(0);
    let works = "mkdir \"$INTO/bin\"; touch \"$INTO/bin/tool\"";
    let Outcome { text, success } = machine.run(&install("touch \"$INTO/half\"; exit 1"));
    assert!(!success && text.contains("could not be installed"), "{text}");
    assert_eq!(
        fs::read_dir(machine.path("cache")).expect("a folder").count(),
        0,
        "nothing is left of a failure"
    );
    let Outcome { text, success } = machine.run(&install(works));
    assert!(success, "{text}");
    // Another checkout.
    fs::remove_dir_all(machine.path("tools")).expect("removed");
    let Outcome { text, success } = machine.run(&install("exit 1"));
    assert!(success && machine.path("tools/bin/tool").is_file(), "{text}");
}

#[test]
fn a_step_keeps_its_time_and_its_outcome() {
    let machine = Machine::debian(0);
    fs::create_dir_all(machine.path("copy/tests/tools")).expect("a folder");
    fs::create_dir_all(machine.path("copy/.dev")).expect("a folder");
    let step = machine.path("copy/tests/tools/step.sh");
    fs::copy(root().join("tests/tools/step.sh"), &step).expect("a copy");
    let step = step.display();
    // Each look at the clock is 95 seconds after the one before.
    let clock = machine.path("clock").display().to_string();
    fs::write(&clock, "0").expect("a file");
    fs::remove_file(machine.path("bin/date")).expect("removed");
    machine
        .program("date", &format!("now=$(($(cat {clock}) + 95)); echo $now > {clock}; echo $now"));

    let Outcome { text, .. } = machine.run(&format!("{step} 'A step' sh -c 'exit 3'; echo $?"));
    assert!(text.ends_with("\n3\n") && !text.contains("last time"), "{text}");
    let Outcome { text, success } = machine.run(&format!("{step} 'A step' true"));
    assert!(success && !text.contains("last time"), "a failure was kept: {text}");
    let Outcome { text, .. } = machine.run(&format!("{step} 'A step' true"));
    assert!(text.contains("== A step (last time: 1 min 35 s)"), "{text}");
    let Outcome { text, .. } = machine.run(&step.to_string());
    assert!(text.lines().count() == 1 && text.contains(" 1 min 35 s  A step"), "{text}");
}
