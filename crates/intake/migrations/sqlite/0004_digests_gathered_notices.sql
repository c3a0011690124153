-- SHA-256 of the envelope at its receipt: by it a damaged one is told from one that never could be
-- opened, which anybody can send. Requests of older releases have none.
ALTER TABLE requests ADD COLUMN digest BLOB CHECK (length(digest) = 32);

-- Notices are gathered: a channel tells of all that arrived at once, then of nothing for a while. So
-- tries and waits are the channel's, and no notice has its own.
DROP INDEX notices_due;
ALTER TABLE notices DROP COLUMN attempts;
ALTER TABLE notices DROP COLUMN due_at;
CREATE INDEX notices_by_channel ON notices (channel, position);
CREATE TABLE notice_channels (
    channel  TEXT    PRIMARY KEY CHECK (channel IN ('email', 'webhook')),
    -- Tries since the last success.
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Nothing is sent before this moment, in seconds since 1970-01-01T00:00:00Z.
    due_at   INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO notice_channels (channel) VALUES ('email'), ('webhook');
