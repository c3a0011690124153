-- Recipients that were added to requests after they were received, by which keys that are newer than a
-- request open it. The envelope itself stays as it was received.
CREATE TABLE added_recipients (
    position  INTEGER NOT NULL REFERENCES requests (position) ON DELETE CASCADE,
    -- The key, by its RFC 7638 thumbprint.
    kid       TEXT    NOT NULL CHECK (length(kid) = 43),
    -- A recipient of the JWE, as JSON.
    recipient BLOB    NOT NULL CHECK (length(recipient) < 1024),
    PRIMARY KEY (position, kid)
) STRICT, WITHOUT ROWID;
