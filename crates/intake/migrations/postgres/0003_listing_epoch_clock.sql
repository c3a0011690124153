-- What tells one listing from the next: renewed where an older state was put back, since positions
-- given after that state was copied are given again.
CREATE TABLE listing (
    one   BIGINT PRIMARY KEY CHECK (one = 1),
    -- Random: 32 hexadecimal digits.
    epoch TEXT   NOT NULL
);
INSERT INTO listing (one, epoch) VALUES (1, replace(gen_random_uuid()::text, '-', ''));

-- When the service last ran, to notice a clock that jumped ahead; in seconds since
-- 1970-01-01T00:00:00Z. No row before it first ran.
CREATE TABLE clock (
    one        BIGINT PRIMARY KEY CHECK (one = 1),
    seen_at    BIGINT NOT NULL,
    -- Closed requests are not deleted before this moment.
    held_until BIGINT NOT NULL
);
INSERT INTO clock (one, seen_at, held_until)
    SELECT 1, latest, 0 FROM (SELECT MAX(changed_at) AS latest FROM requests) AS newest
    WHERE latest IS NOT NULL;

-- Readiness is found out by storing.
DROP TABLE readiness;
