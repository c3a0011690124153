//! Why a call of the staff about requests cannot be done, as a status and a message.

use axum::http::StatusCode;
use guide_core::request::envelope::EnvelopeError;

use super::problem_kind::{Kind, envelope_detail};

/// Why a call of the staff about requests cannot be done as it was sent. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaffProblem {
    /// The query asks for no possible part of the list of requests.
    Listing,
    /// The query asks for no possible part of the list of changes.
    Changes,
    /// The body holds no change.
    Change,
    /// The change is not announced as JSON.
    ChangeType,
    /// The body of a change is too large.
    ChangeTooLarge,
    /// `If-Match` holds no version.
    IfMatch,
    /// `If-Match` is missing.
    IfMatchNeeded,
    /// The request has another version.
    ChangedMeanwhile,
    /// The holder is no token that can be used and allows marking.
    UnknownHolder,
    /// The request was never changed.
    NothingToUndo,
    /// The body is not a JWE of the form of a note.
    NotANote(EnvelopeError),
    /// The note is sealed for another request than that of the path.
    NoteOfAnother,
    /// The note is too large.
    NoteTooLarge,
    /// The note is not announced as `application/jose+json`.
    NoteType,
    /// A recipient of the note is no key that this clinic knows.
    NoteForUnknownKey,
    /// The request has as many notes as it may have.
    TooManyNotes,
}

impl StaffProblem {
    pub(super) const fn status(&self) -> StatusCode {
        match self {
            Self::Listing | Self::Changes | Self::Change | Self::IfMatch => StatusCode::BAD_REQUEST,
            Self::NotANote(_) | Self::NoteOfAnother => StatusCode::BAD_REQUEST,
            Self::NothingToUndo | Self::TooManyNotes => StatusCode::CONFLICT,
            Self::ChangedMeanwhile => StatusCode::PRECONDITION_FAILED,
            Self::ChangeTooLarge | Self::NoteTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::ChangeType | Self::NoteType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::UnknownHolder | Self::NoteForUnknownKey => StatusCode::UNPROCESSABLE_ENTITY,
            Self::IfMatchNeeded => StatusCode::PRECONDITION_REQUIRED,
        }
    }

    /// Its own type and title; `None` if its status says enough.
    pub(super) const fn kind(&self) -> Option<Kind> {
        match self {
            Self::ChangedMeanwhile => Some(Kind {
                uri: "urn:problem-type:intake:changed-meanwhile",
                title: "Somebody else changed the request",
            }),
            Self::UnknownHolder => Some(Kind {
                uri: "urn:problem-type:intake:unknown-holder",
                title: "Nobody of this name can have the request",
            }),
            Self::NothingToUndo => Some(Kind {
                uri: "urn:problem-type:intake:nothing-to-undo",
                title: "The request was never changed",
            }),
            Self::NotANote(_) | Self::NoteOfAnother => Some(Kind {
                uri: "urn:problem-type:intake:not-a-note",
                title: "Not a sealed note about this request",
            }),
            Self::NoteForUnknownKey => Some(Kind {
                uri: "urn:problem-type:intake:unknown-recipient",
                title: "Sealed for an unknown key",
            }),
            Self::TooManyNotes => Some(Kind {
                uri: "urn:problem-type:intake:too-many-notes",
                title: "The request has too many notes",
            }),
            _ => None,
        }
    }

    pub(super) const fn detail(&self) -> &'static str {
        match self {
            Self::Listing => {
                "after is the next of an earlier response; before is such a next too, or the word end; \
                 give one of them at most. state is one or more of new, claimed, tried, reached, booked, \
                 declined, closed and junk, with commas between. reference is that of a request, \
                 XXXX-XXXX. limit is a number from 1 to 200. There is nothing else to ask for."
            }
            Self::Changes => {
                "after is the next of an earlier response, or the change of a listing; limit is a number \
                 from 1 to 200. There is nothing else to ask for."
            }
            Self::Change => {
                "The body must be JSON with the member state (new, claimed, tried, reached, booked, \
                 declined, closed or junk), and no other but holder: the name of a token."
            }
            Self::ChangeType => "Send the change as application/json.",
            Self::ChangeTooLarge => "A change has at most 1024 bytes.",
            Self::IfMatch => {
                "Send If-Match once, with the version of the request in quotation marks, as the header \
                 ETag has it: \"3\"."
            }
            Self::IfMatchNeeded => {
                "Send the header If-Match with the version whose change is to be undone, in quotation \
                 marks: \"3\"."
            }
            Self::ChangedMeanwhile => {
                "The request has another version than If-Match says: somebody else changed it. It is as \
                 they left it. Get it, and decide anew."
            }
            Self::UnknownHolder => {
                "holder must be the name of a token that has not expired and has the scope mark. See \
                 `intake token list`."
            }
            Self::NothingToUndo => "The request was never changed, so there is nothing to undo.",
            Self::NotANote(EnvelopeError::Algorithm) => {
                "enc must be A256GCM, typ request-note+jwe, and every alg ECDH-ES+A256KW."
            }
            Self::NotANote(error) => envelope_detail(error),
            Self::NoteOfAnother => {
                "The rid of the note's protected header must be the id in the path. Seal the note for \
                 this request."
            }
            Self::NoteTooLarge => "A sealed note has at most 16384 bytes. Write several.",
            Self::NoteType => "Send the note as application/jose+json.",
            Self::NoteForUnknownKey => {
                "The note is sealed for a key that is not this clinic's. Load the clinic's keys anew, and \
                 seal it for those alone."
            }
            Self::TooManyNotes => {
                "A request has at most 200 notes. Nothing was added; the notes that are there stay."
            }
        }
    }
}

/// The problem of bytes that are no note.
impl From<EnvelopeError> for StaffProblem {
    fn from(error: EnvelopeError) -> Self {
        match error {
            EnvelopeError::TooLarge => Self::NoteTooLarge,
            other => Self::NotANote(other),
        }
    }
}
