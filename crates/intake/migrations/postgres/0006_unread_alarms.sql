-- For the alarm about requests that nobody took up, and its metric: what is new, since when.
CREATE INDEX requests_new ON requests (received_at) WHERE state = 'new';

-- The alarm of each channel.
CREATE TABLE unread_alarms (
    channel  TEXT   PRIMARY KEY CHECK (channel IN ('email', 'webhook')),
    -- Attempts since the last success.
    attempts BIGINT NOT NULL DEFAULT 0,
    -- Nothing is tried before this moment, in seconds since 1970-01-01T00:00:00Z.
    due_at   BIGINT NOT NULL DEFAULT 0,
    -- The last success, in seconds as above.
    sent_at  BIGINT NOT NULL DEFAULT 0
);
INSERT INTO unread_alarms (channel) VALUES ('email'), ('webhook');
