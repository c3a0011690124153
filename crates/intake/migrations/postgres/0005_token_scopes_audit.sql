-- Tokens get scopes. Those of older releases may go on to do what they could.
ALTER TABLE tokens ADD COLUMN scopes TEXT NOT NULL DEFAULT 'list,mark,delete';
-- The last day on which a token can be used, UTC, as YYYY-MM-DD; none for ever.
ALTER TABLE tokens ADD COLUMN expires TEXT CHECK (length(expires) = 10);
-- Its last use, to the minute, in seconds since 1970-01-01T00:00:00Z.
ALTER TABLE tokens ADD COLUMN used_at BIGINT;

-- The audit: who did what and when, as lines that are chained by their hashes. Their form is
-- documented in docs/operating.md, "Audit".
CREATE TABLE audit (
    -- 1, 2, 3 and so on, without a gap.
    position BIGINT PRIMARY KEY CHECK (position > 0),
    -- RFC 3339, UTC, whole seconds.
    at       TEXT   NOT NULL,
    actor    TEXT   NOT NULL,
    action   TEXT   NOT NULL,
    -- A request's reference, or a token's name; may be empty, as the detail may.
    subject  TEXT   NOT NULL,
    detail   TEXT   NOT NULL,
    -- SHA-256 of the hash of the line before (32 zero bytes for the first) and of this line.
    hash     BYTEA  NOT NULL CHECK (length(hash) = 32)
);
CREATE FUNCTION refuse_to_change_the_audit() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'lines of the audit are never changed or deleted'; END $$;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_the_audit();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_audit();
