//! Waits for changes of the content.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use walkdir::WalkDir;

/// The time without a change after which a save is taken to be complete: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(100);
/// The longest time that changes are gathered.
const LONGEST: Duration = Duration::from_secs(2);
/// Pause between two looks at the folder. Most changes cause an event; on network drives, in some virtual machines and
/// where the system can watch no more files they do not.
const LOOK: Duration = Duration::from_secs(1);

/// What wakes the wait for a change.
enum Wake {
    Changed,
    Stop,
}

/// Ends a wait for changes.
pub struct Stop(Sender<Wake>);

impl Stop {
    /// Ends it.
    pub fn stop(&self) {
        // An error would mean that nobody waits any more.
        let _ = self.0.send(Wake::Stop);
    }
}

/// Size and time of each file.
type Files = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

/// The changes of a folder.
pub struct Changes {
    folder: PathBuf,
    /// `None` where the system cannot watch.
    watcher: Option<RecommendedWatcher>,
    wakes: Receiver<Wake>,
    seen: Files,
}

impl Changes {
    /// Those of a folder from now on, and what ends the wait for them.
    pub fn of(folder: &Path) -> (Self, Stop) {
        let (sender, wakes) = channel();
        let stop = Stop(sender.clone());
        let notice = move |event: notify::Result<Event>| {
            if event.as_ref().map_or(true, is_change) {
                // As in `stop`.
                let _ = sender.send(Wake::Changed);
            }
        };
        let watcher = notify::recommended_watcher(notice).ok();
        let mut changes =
            Self { folder: folder.to_owned(), watcher, wakes, seen: Files::default() };
        changes.look();
        (changes, stop)
    }

    /// Waits for the next change, and until it is complete. Returns `false` if there is nothing more to wait for.
    pub fn wait(&mut self) -> bool {
        loop {
            match self.wakes.recv_timeout(LOOK) {
                Ok(Wake::Changed) => break,
                Err(RecvTimeoutError::Timeout) if files(&self.folder) != self.seen => break,
                Err(RecvTimeoutError::Timeout) => {}
                Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        let begun = Instant::now();
        while begun.elapsed() < LONGEST {
            match self.wakes.recv_timeout(QUIET) {
                Ok(Wake::Changed) => {}
                Ok(Wake::Stop) => return false,
                Err(_) => break,
            }
        }
        self.look();
        true
    }

    /// Looks before the content is read, so that what changes meanwhile is found by the next look.
    fn look(&mut self) {
        if let Some(watcher) = &mut self.watcher {
            // Anew, since a folder that was removed and came back is another one. What cannot be watched is looked at.
            let _ = watcher.unwatch(&self.folder);
            let _ = watcher.watch(&self.folder, RecursiveMode::Recursive);
        }
        self.seen = files(&self.folder);
    }
}

/// Reading a file is no change: the preview itself reads all of them.
fn is_change(event: &Event) -> bool {
    let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
    event.kind == written || !matches!(event.kind, EventKind::Access(_))
}

/// The files of a folder; none where there is no such folder.
fn files(folder: &Path) -> Files {
    let entries = WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let with_time = entries.filter_map(|entry| {
        let metadata = entry.metadata().ok()?;
        Some((entry.into_path(), (metadata.len(), metadata.modified().ok())))
    });
    with_time.collect()
}
