-- The states of a request become more: 'contacted' is 'reached' now. The table is not made anew: dropping it
-- would delete the notices and the added recipients of its requests with it.
DROP INDEX requests_closed;
DROP INDEX requests_new;
ALTER TABLE requests ADD COLUMN work_state TEXT NOT NULL DEFAULT 'new' CHECK (work_state IN
    ('new', 'claimed', 'tried', 'reached', 'booked', 'declined', 'closed', 'junk'));
UPDATE requests SET work_state = CASE state WHEN 'contacted' THEN 'reached' ELSE state END
    WHERE state <> 'new';
ALTER TABLE requests DROP COLUMN state;
ALTER TABLE requests RENAME COLUMN work_state TO state;
-- The name of the token that has the request; none where nobody has.
ALTER TABLE requests ADD COLUMN holder TEXT;
-- How often somebody tried to reach the patient.
ALTER TABLE requests ADD COLUMN tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0);
-- One more with each change of state, holder or tries.
ALTER TABLE requests ADD COLUMN version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0);
-- How many sealed notes it has.
ALTER TABLE requests ADD COLUMN notes INTEGER NOT NULL DEFAULT 0 CHECK (notes >= 0);
-- The state is in each index so that it is not looked for behind the envelope.
-- For retention: what was settled, by when.
CREATE INDEX requests_settled ON requests (changed_at, state)
    WHERE state IN ('booked', 'declined', 'closed', 'junk');
-- For the alarm about requests that nobody took up, and its metric: what is new, since when.
CREATE INDEX requests_new ON requests (received_at, state) WHERE state = 'new';
-- For listing those of a state, in either direction. Two, neither of which fits the queries for which the
-- indices above are: without statistics SQLite would take it for those too.
CREATE INDEX requests_new_by_position ON requests (position, state) WHERE state = 'new';
CREATE INDEX requests_by_state ON requests (state, position) WHERE state <> 'new';

-- Changes of requests in the order of their commits, for programs that follow them; and what each changed, to
-- undo it.
CREATE TABLE changes (
    -- Never given twice: whoever asks for what came after a number would miss a change at a used one.
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The request; none of one that is deleted. Its other changes are deleted with it.
    position      INTEGER REFERENCES requests (position) ON DELETE CASCADE,
    reference     TEXT    NOT NULL,
    -- In seconds since 1970-01-01T00:00:00Z.
    at            INTEGER NOT NULL,
    -- The name of a token, or the words of another actor of the audit.
    actor         TEXT    NOT NULL,
    kind          TEXT    NOT NULL CHECK (kind IN ('state', 'note', 'deleted')),
    -- The request after the change.
    state         TEXT,
    holder        TEXT,
    tries         INTEGER,
    version       INTEGER,
    notes         INTEGER,
    -- The request before a change of state.
    state_before  TEXT,
    holder_before TEXT,
    tries_before  INTEGER,
    -- Of a deleted request its reference stays, and nothing else.
    CHECK (CASE kind WHEN 'deleted'
        THEN position IS NULL AND state IS NULL AND holder IS NULL AND tries IS NULL
            AND version IS NULL AND notes IS NULL AND state_before IS NULL
            AND holder_before IS NULL AND tries_before IS NULL
        ELSE position IS NOT NULL AND state IS NOT NULL AND tries IS NOT NULL
            AND version IS NOT NULL AND notes IS NOT NULL END)
) STRICT;
CREATE INDEX changes_by_request ON changes (position, number);

-- Notes of the staff about a request, sealed as requests are.
CREATE TABLE sealed_notes (
    position INTEGER NOT NULL REFERENCES requests (position) ON DELETE CASCADE,
    -- 1, 2, 3 and so on, for each request.
    number   INTEGER NOT NULL CHECK (number > 0),
    -- In seconds since 1970-01-01T00:00:00Z.
    at       INTEGER NOT NULL,
    -- As in changes.
    actor    TEXT    NOT NULL,
    -- The bytes of the envelope, at most 16 KiB.
    envelope BLOB    NOT NULL CHECK (length(envelope) BETWEEN 1 AND 16384),
    PRIMARY KEY (position, number)
) STRICT;
