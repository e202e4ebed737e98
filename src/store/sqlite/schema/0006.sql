-- oko: schema of the SQLite engine, step to version 6: computed values of indicators. A row is one computation; the
-- newest row of an indicator, year and unit counts, the earlier ones show what was known when.

CREATE TABLE indicator_value (
    id                INTEGER PRIMARY KEY,
    indicator         INTEGER NOT NULL REFERENCES record (id),
    indicator_version INTEGER NOT NULL,
    code              TEXT NOT NULL CHECK (code <> ''),
    year              INTEGER NOT NULL,
    unit              INTEGER NOT NULL REFERENCES unit (id),
    campaign          INTEGER REFERENCES record (id),
    value             REAL,                    -- NULL: missing
    why               TEXT NOT NULL CHECK ((value IS NULL) = (why <> '')),
    n                 INTEGER NOT NULL,        -- pupils behind it; −1: not about pupils
    run               INTEGER REFERENCES run (id),
    evidence          INTEGER REFERENCES run (id),
    revision          INTEGER NOT NULL,
    computed          TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    trace             TEXT NOT NULL            -- JSON or ''
) STRICT;
CREATE INDEX indicator_value_key ON indicator_value (code, year, unit, id);
CREATE INDEX indicator_value_unit ON indicator_value (unit);

CREATE TRIGGER indicator_value_update BEFORE UPDATE ON indicator_value
BEGIN
    SELECT RAISE(ABORT, 'a computed value is never changed');
END;
CREATE TRIGGER indicator_value_delete BEFORE DELETE ON indicator_value
BEGIN
    SELECT RAISE(ABORT, 'a computed value is never deleted');
END;
