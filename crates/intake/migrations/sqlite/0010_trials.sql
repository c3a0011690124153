-- Trials of storing under way: envelopes that went the way of a request, to be read back and deleted. They are no
-- requests, so that none is ever taken for a patient's, whatever happens meanwhile.
CREATE TABLE trials (
    -- Random; no request's.
    id          TEXT    PRIMARY KEY CHECK (length(id) = 36),
    -- In seconds since 1970-01-01T00:00:00Z.
    received_at INTEGER NOT NULL,
    envelope    BLOB    NOT NULL CHECK (length(envelope) BETWEEN 1 AND 65536)
) STRICT;

-- The last trial that succeeded. No row before the first.
CREATE TABLE last_trial (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    -- In seconds as above.
    tried_at INTEGER NOT NULL,
    -- The name of the token that it came with.
    tried_by TEXT    NOT NULL
) STRICT;
