-- Sealed requests, exactly as they were received.
CREATE TABLE requests (
    -- Order of arrival; that it is the order of the commits too, the program sees to by a lock.
    position    BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- The request's id.
    id          UUID   NOT NULL UNIQUE,
    -- When it was received, in seconds since 1970-01-01T00:00:00Z.
    received_at BIGINT NOT NULL,
    -- Where it stands with the clinic, and since when, in seconds as above.
    state       TEXT   NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'contacted', 'closed')),
    changed_at  BIGINT NOT NULL,
    -- The bytes of the envelope, at most 64 KiB.
    envelope    BYTEA  NOT NULL CHECK (length(envelope) BETWEEN 1 AND 65536)
);
-- Sealed bytes cannot be compressed.
ALTER TABLE requests ALTER COLUMN envelope SET STORAGE EXTERNAL;
-- For retention: what was closed, by when.
CREATE INDEX requests_closed ON requests (changed_at) WHERE state = 'closed';

-- Bearer tokens of the staff. What is stored cannot be used as one.
CREATE TABLE tokens (
    name       TEXT   PRIMARY KEY,
    -- SHA-256 of the token.
    hash       BYTEA  NOT NULL UNIQUE CHECK (length(hash) = 32),
    -- In seconds since 1970-01-01T00:00:00Z.
    created_at BIGINT NOT NULL
);

-- Secrets that the service makes for itself, such as the key of its proofs of work.
CREATE TABLE secrets (
    name  TEXT  PRIMARY KEY,
    value BYTEA NOT NULL
);

-- Notices still to be sent: one a request and channel. A sent one is deleted.
CREATE TABLE notices (
    position   BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id UUID   NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    channel    TEXT   NOT NULL CHECK (channel IN ('email', 'webhook')),
    -- How often it was tried.
    attempts   BIGINT NOT NULL DEFAULT 0,
    -- Not before this moment, in seconds since 1970-01-01T00:00:00Z.
    due_at     BIGINT NOT NULL,
    UNIQUE (request_id, channel)
);
CREATE INDEX notices_due ON notices (due_at);

-- Written to, to know that writing works.
CREATE TABLE readiness (
    one        BIGINT PRIMARY KEY CHECK (one = 1),
    written_at BIGINT NOT NULL
);
