-- Sealed requests, exactly as they were received.
CREATE TABLE requests (
    -- Order of arrival.
    position    INTEGER PRIMARY KEY,
    -- The request's id, as a hyphenated UUID in small letters.
    id          TEXT    NOT NULL UNIQUE CHECK (length(id) = 36),
    -- When it was received, in seconds since 1970-01-01T00:00:00Z.
    received_at INTEGER NOT NULL,
    -- The bytes of the envelope, at most 64 KiB.
    envelope    BLOB    NOT NULL CHECK (length(envelope) BETWEEN 1 AND 65536)
) STRICT;
