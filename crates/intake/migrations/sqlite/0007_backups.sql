-- The moment that the last backup is of, in seconds since 1970-01-01T00:00:00Z. No row before the first.
CREATE TABLE backups (
    one          INTEGER PRIMARY KEY CHECK (one = 1),
    backed_up_at INTEGER NOT NULL
) STRICT;
