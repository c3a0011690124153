-- Tokens get scopes. Those of older releases may go on to do what they could.
ALTER TABLE tokens ADD COLUMN scopes TEXT NOT NULL DEFAULT 'list,mark,delete';
-- The last day on which a token can be used, UTC, as YYYY-MM-DD; none for ever.
ALTER TABLE tokens ADD COLUMN expires TEXT CHECK (length(expires) = 10);
-- Its last use, to the minute, in seconds since 1970-01-01T00:00:00Z.
ALTER TABLE tokens ADD COLUMN used_at INTEGER;

-- The audit: who did what and when, as lines that are chained by their hashes. Their form is
-- documented in docs/operating.md, "Audit".
CREATE TABLE audit (
    -- 1, 2, 3 and so on, without a gap.
    position INTEGER PRIMARY KEY CHECK (position > 0),
    -- RFC 3339, UTC, whole seconds.
    at       TEXT    NOT NULL,
    actor    TEXT    NOT NULL,
    action   TEXT    NOT NULL,
    -- A request's reference, or a token's name; may be empty, as the detail may.
    subject  TEXT    NOT NULL,
    detail   TEXT    NOT NULL,
    -- SHA-256 of the hash of the line before (32 zero bytes for the first) and of this line.
    hash     BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;
-- REPLACE would delete without the trigger for that.
CREATE TRIGGER audit_only_grows BEFORE INSERT ON audit
    WHEN NEW.position <> (SELECT COALESCE(MAX(position), 0) + 1 FROM audit)
    BEGIN SELECT RAISE(ABORT, 'lines are only added at the end of the audit'); END;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'lines of the audit are never changed'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'lines of the audit are never deleted'); END;
