-- Requests get a state. The table is made anew because a position must never be given twice
-- (AUTOINCREMENT): who lists what came after a position would miss a request at a used one.
CREATE TABLE requests_with_state (
    -- Order of arrival.
    position    INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The request's id, as a hyphenated UUID in small letters.
    id          TEXT    NOT NULL UNIQUE CHECK (length(id) = 36),
    -- When it was received, in seconds since 1970-01-01T00:00:00Z.
    received_at INTEGER NOT NULL,
    -- Where it stands with the clinic, and since when, in seconds as above.
    state       TEXT    NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'contacted', 'closed')),
    changed_at  INTEGER NOT NULL,
    -- The bytes of the envelope, at most 64 KiB.
    envelope    BLOB    NOT NULL CHECK (length(envelope) BETWEEN 1 AND 65536)
) STRICT;
INSERT INTO requests_with_state (position, id, received_at, changed_at, envelope)
    SELECT position, id, received_at, received_at, envelope FROM requests ORDER BY position;
DROP TABLE requests;
ALTER TABLE requests_with_state RENAME TO requests;
-- For retention: what was closed, by when.
CREATE INDEX requests_closed ON requests (changed_at) WHERE state = 'closed';

-- Bearer tokens of the staff. What is stored cannot be used as one.
CREATE TABLE tokens (
    name       TEXT    PRIMARY KEY,
    -- SHA-256 of the token.
    hash       BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32),
    -- In seconds since 1970-01-01T00:00:00Z.
    created_at INTEGER NOT NULL
) STRICT;

-- Secrets that the service makes for itself, such as the key of its proofs of work.
CREATE TABLE secrets (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

-- Notices still to be sent: one a request and channel. A sent one is deleted.
CREATE TABLE notices (
    position   INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id TEXT    NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    channel    TEXT    NOT NULL CHECK (channel IN ('email', 'webhook')),
    -- How often it was tried.
    attempts   INTEGER NOT NULL DEFAULT 0,
    -- Not before this moment, in seconds since 1970-01-01T00:00:00Z.
    due_at     INTEGER NOT NULL,
    UNIQUE (request_id, channel)
) STRICT;
CREATE INDEX notices_due ON notices (due_at);

-- Written to, to know that writing works.
CREATE TABLE readiness (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    written_at INTEGER NOT NULL
) STRICT;
