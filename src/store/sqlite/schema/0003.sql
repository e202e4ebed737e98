-- oko: schema of the SQLite engine, step to version 3: what is known of a school besides its works — re-checks of works,
-- observers' protocols, lists of medallists. One row is one finding of one school, versioned like a sheet.

CREATE TABLE finding (
    id        INTEGER PRIMARY KEY,
    unit      INTEGER NOT NULL REFERENCES unit (id),
    kind      INTEGER NOT NULL,             -- enum oko_finding_kind
    year      INTEGER NOT NULL,
    procedure TEXT NOT NULL,                -- code or ''
    part      TEXT NOT NULL,                -- tells findings of one key apart: who re-checked; date, stage, class
    since_rev INTEGER NOT NULL REFERENCES revision (rev),
    until_rev INTEGER REFERENCES revision (rev),
    import    INTEGER REFERENCES import (id),
    ended_by  INTEGER REFERENCES import (id),
    note      TEXT NOT NULL,                -- remarks of an observer, names masked
    hash      BLOB NOT NULL CHECK (length(hash) = 32),
    vals      BLOB NOT NULL                 -- 8-byte little-endian whole numbers: 8 facts, then rows of 5; −1 unknown
) STRICT;
CREATE UNIQUE INDEX finding_key ON finding (unit, kind, year, procedure, part, since_rev);
