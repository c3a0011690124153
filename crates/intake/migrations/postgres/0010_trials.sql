-- Trials of storing under way: envelopes that went the way of a request, to be read back and deleted. They are no
-- requests, so that none is ever taken for a patient's, whatever happens meanwhile.
CREATE TABLE trials (
    -- Random; no request's.
    id          UUID   PRIMARY KEY,
    -- In seconds since 1970-01-01T00:00:00Z.
    received_at BIGINT NOT NULL,
    envelope    BYTEA  NOT NULL CHECK (length(envelope) BETWEEN 1 AND 65536)
);

-- The last trial that succeeded. No row before the first.
CREATE TABLE last_trial (
    one      BIGINT PRIMARY KEY CHECK (one = 1),
    -- In seconds as above.
    tried_at BIGINT NOT NULL,
    -- The name of the token that it came with.
    tried_by TEXT   NOT NULL
);
