-- SHA-256 of the envelope at its receipt: by it a damaged one is told from one that never could be
-- opened, which anybody can send. Requests of older releases have none.
ALTER TABLE requests ADD COLUMN digest BYTEA CHECK (length(digest) = 32);
