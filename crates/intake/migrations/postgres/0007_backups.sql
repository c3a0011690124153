-- The moment that the last backup is of, in seconds since 1970-01-01T00:00:00Z. No row before the first.
CREATE TABLE backups (
    one          BIGINT PRIMARY KEY CHECK (one = 1),
    backed_up_at BIGINT NOT NULL
);
