//! The runtime and the clock of a command.

use guide_core::request::form::CalendarDate;
use time::OffsetDateTime;

use super::error::CommandError;

/// Runs a task to its end, for a command that does nothing else meanwhile.
pub(super) fn wait_for<T>(
    task: impl Future<Output = Result<T, CommandError>>,
) -> Result<T, CommandError> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(task)
}

/// Today, UTC: near enough for days counted down to an expiry.
///
/// # Errors
/// [`CommandError::Clock`] for a clock beyond the calendar.
pub(super) fn today() -> Result<CalendarDate, CommandError> {
    let now = OffsetDateTime::now_utc().unix_timestamp();
    CalendarDate::of_unix_time(now).ok_or(CommandError::Clock)
}
