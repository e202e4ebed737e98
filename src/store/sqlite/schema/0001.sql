-- oko: schema of the SQLite engine, version 1. The one source of the tables: this text is compiled into the program
-- and run, in one transaction, on a new database. Later versions are files 0002.sql … that change it; a file that was
-- once released is never edited.
--
-- Revisions. Data never change in place. Each transaction that changes procedures, sheets, aggregates or external
-- lists makes one row in `revision`; a version of a thing is visible at revisions since_rev ≤ r < until_rev
-- (until_rev NULL: to this day). The register of units stands outside of revisions.
--
-- Content hashes are SHA-256 over a canonical form that names units and procedures by their codes, never by row ids:
-- two databases that were filled in a different order give the same snapshot.

CREATE TABLE revision (
    rev     INTEGER PRIMARY KEY,            -- 1, 2, 3 … without gaps
    created TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;

-- ---- register of units: country → region → municipality → school → class ----

CREATE TABLE unit (
    id         INTEGER PRIMARY KEY,
    level      INTEGER NOT NULL CHECK (level BETWEEN 0 AND 4),  -- enum oko_level
    code       TEXT NOT NULL CHECK (code <> ''),                -- login or the region's own code
    parent     INTEGER REFERENCES unit (id),                    -- always of a higher level
    name       TEXT NOT NULL,
    type       TEXT NOT NULL,
    place      TEXT NOT NULL,
    cluster    TEXT NOT NULL,
    confirmed  INTEGER NOT NULL CHECK (confirmed IN (0, 1)),    -- 0: made on the fly from a result file
    valid_from INTEGER NOT NULL,                                -- academic year by its second half, 0 = always
    valid_to   INTEGER NOT NULL,
    UNIQUE (level, code)
) STRICT;
CREATE INDEX unit_parent ON unit (parent);

-- Other names of a unit. One alias of a kind means one unit in a level.
CREATE TABLE unit_alias (
    level INTEGER NOT NULL,
    kind  INTEGER NOT NULL,                 -- enum oko_alias_kind
    alias TEXT NOT NULL CHECK (alias <> ''),
    unit  INTEGER NOT NULL REFERENCES unit (id),
    PRIMARY KEY (level, kind, alias)
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_alias_unit ON unit_alias (unit, kind, alias);

-- ---- imports and what was wrong in the files ----

CREATE TABLE import (
    id        INTEGER PRIMARY KEY,
    file      TEXT NOT NULL,                -- base name, no folder
    sha256    TEXT NOT NULL,                -- of the whole file
    bytes     INTEGER NOT NULL,
    layout    TEXT NOT NULL,
    procedure TEXT NOT NULL,                -- code; '' when the file holds several
    created   TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    revision  INTEGER NOT NULL DEFAULT 0,   -- 0: it changed nothing
    n_rows    INTEGER NOT NULL DEFAULT 0,
    summary   TEXT NOT NULL DEFAULT ''      -- JSON
) STRICT;
CREATE INDEX import_sha256 ON import (sha256, procedure);

-- What several problems have in common. A file with 100 000 problems has a few dozen kinds of them.
CREATE TABLE problem_kind (
    id          INTEGER PRIMARY KEY,
    severity    INTEGER NOT NULL,           -- enum oko_severity
    reason      TEXT NOT NULL,              -- message key
    value_class TEXT NOT NULL,
    sheet       TEXT NOT NULL,              -- worksheet
    col         INTEGER NOT NULL,           -- 1-based column, 0: the whole row
    head        TEXT NOT NULL,              -- head of the column
    UNIQUE (reason, value_class, col, head, sheet, severity)
) STRICT;

CREATE TABLE problem (
    import INTEGER NOT NULL REFERENCES import (id),
    no     INTEGER NOT NULL,                -- 1, 2, 3 … in the order of the file
    kind   INTEGER NOT NULL REFERENCES problem_kind (id),
    row    INTEGER NOT NULL,                -- 1-based row of the file, 0: the whole sheet
    detail TEXT NOT NULL,
    PRIMARY KEY (import, no)
) STRICT, WITHOUT ROWID;

-- ---- procedures ----

-- The lasting identity of a procedure: sheets refer to it whatever version of its description is valid.
CREATE TABLE procedure (
    id   INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK (code <> '')
) STRICT;

CREATE TABLE procedure_version (
    id         INTEGER PRIMARY KEY,
    procedure  INTEGER NOT NULL REFERENCES procedure (id),
    since_rev  INTEGER NOT NULL REFERENCES revision (rev),
    until_rev  INTEGER REFERENCES revision (rev),
    kind       INTEGER NOT NULL,            -- enum oko_kind
    year       INTEGER NOT NULL,
    grade      INTEGER NOT NULL,            -- 0: not tied to one
    subject    TEXT NOT NULL,
    title      TEXT NOT NULL,
    date       TEXT NOT NULL,               -- yyyy-mm-dd or ''
    max_total  INTEGER NOT NULL,
    first_mark INTEGER NOT NULL,            -- mark below the first cut-off
    source     TEXT NOT NULL,
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    UNIQUE (procedure, since_rev)
) STRICT;

CREATE TABLE procedure_item (
    version INTEGER NOT NULL REFERENCES procedure_version (id) ON DELETE CASCADE,
    no      INTEGER NOT NULL,               -- 0-based place in the sheet's item columns
    label   TEXT NOT NULL,
    max     INTEGER NOT NULL,
    level   INTEGER NOT NULL,               -- 'B', 'P', 'V' as a number, 0 unknown
    PRIMARY KEY (version, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE procedure_cutoff (
    version INTEGER NOT NULL REFERENCES procedure_version (id) ON DELETE CASCADE,
    no      INTEGER NOT NULL,
    score   INTEGER NOT NULL,               -- lowest raw score of the mark first_mark + 1 + no
    PRIMARY KEY (version, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE procedure_gap (
    version INTEGER NOT NULL REFERENCES procedure_version (id) ON DELETE CASCADE,
    score   INTEGER NOT NULL,               -- a score that no pupil can get
    PRIMARY KEY (version, score)
) STRICT, WITHOUT ROWID;

CREATE TABLE procedure_alias (
    version INTEGER NOT NULL REFERENCES procedure_version (id) ON DELETE CASCADE,
    no      INTEGER NOT NULL,
    alias   TEXT NOT NULL,
    PRIMARY KEY (version, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX procedure_alias_alias ON procedure_alias (alias);

-- ---- sheets: works of one class in one procedure ----

-- The BLOB stands last, so that the totals can be read without its overflow pages.
CREATE TABLE sheet (
    id           INTEGER PRIMARY KEY,
    procedure    INTEGER NOT NULL REFERENCES procedure (id),
    school       INTEGER NOT NULL REFERENCES unit (id),
    class        TEXT NOT NULL,             -- '' unknown
    since_rev    INTEGER NOT NULL REFERENCES revision (rev),
    until_rev    INTEGER REFERENCES revision (rev),
    import       INTEGER REFERENCES import (id),  -- that brought it
    ended_by     INTEGER REFERENCES import (id),  -- that replaced or removed it
    n_rows       INTEGER NOT NULL,
    participants INTEGER NOT NULL,
    absent       INTEGER NOT NULL,
    no_total     INTEGER NOT NULL,
    bad_total    INTEGER NOT NULL,
    above_max    INTEGER NOT NULL,
    sum_mismatch INTEGER NOT NULL,
    sum          INTEGER NOT NULL,          -- of the totals of participants
    sum_sq       INTEGER NOT NULL,
    hash         BLOB NOT NULL CHECK (length(hash) = 32),  -- SHA-256 of works
    works        BLOB NOT NULL              -- oko_sheet_encode
) STRICT;
CREATE UNIQUE INDEX sheet_key ON sheet (procedure, school, class, since_rev);

-- A version may only be ended.
CREATE TRIGGER sheet_content BEFORE UPDATE OF procedure, school, class, since_rev, import, n_rows, participants, absent,
    no_total, bad_total, above_max, sum_mismatch, sum, sum_sq, hash, works ON sheet
BEGIN
    SELECT RAISE(ABORT, 'a sheet version is never changed');
END;

-- ---- aggregates and external lists ----

CREATE TABLE aggregate (
    id        INTEGER PRIMARY KEY,
    kind      INTEGER NOT NULL,             -- enum oko_aggregate_kind
    procedure INTEGER NOT NULL REFERENCES procedure (id),
    unit      INTEGER NOT NULL REFERENCES unit (id),
    since_rev INTEGER NOT NULL REFERENCES revision (rev),
    until_rev INTEGER REFERENCES revision (rev),
    import    INTEGER REFERENCES import (id),
    ended_by  INTEGER REFERENCES import (id),
    n_units   INTEGER NOT NULL,             -- −1 not given
    n         INTEGER NOT NULL,             -- −1 not given
    percent   INTEGER NOT NULL CHECK (percent IN (0, 1)),
    hash      BLOB NOT NULL CHECK (length(hash) = 32),
    vals      BLOB NOT NULL                 -- 8-byte little-endian doubles; NaN: empty cell
) STRICT;
CREATE UNIQUE INDEX aggregate_key ON aggregate (procedure, kind, unit, since_rev);

CREATE TABLE external (
    id        INTEGER PRIMARY KEY,
    list      TEXT NOT NULL,                -- title of the list
    year      INTEGER NOT NULL,
    unit      INTEGER NOT NULL REFERENCES unit (id),
    procedure TEXT NOT NULL,                -- code or ''
    since_rev INTEGER NOT NULL REFERENCES revision (rev),
    until_rev INTEGER REFERENCES revision (rev),
    import    INTEGER REFERENCES import (id),
    ended_by  INTEGER REFERENCES import (id),
    source    TEXT NOT NULL,
    reason    TEXT NOT NULL,
    hash      BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE UNIQUE INDEX external_key ON external (unit, list, year, procedure, since_rev);

-- ---- runs: immutable records of an analysis ----

CREATE TABLE run (
    id           INTEGER PRIMARY KEY,
    created      TEXT NOT NULL,
    method       TEXT NOT NULL,
    program      TEXT NOT NULL,
    revision     INTEGER NOT NULL,
    snapshot     TEXT NOT NULL,
    seed         INTEGER NOT NULL,          -- 64 bits, may show as negative
    params       TEXT NOT NULL,             -- JSON
    result_hash  TEXT NOT NULL,
    first_result INTEGER NOT NULL,          -- its results are result.id first_result … first_result + n_results − 1,
    n_results    INTEGER NOT NULL           -- ordered by procedure, rule, unit level, unit code
) STRICT;

CREATE TABLE result (
    id        INTEGER PRIMARY KEY,
    run       INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
    procedure TEXT NOT NULL,                -- code or ''
    rule      TEXT NOT NULL,                -- pack/rule
    unit      INTEGER REFERENCES unit (id), -- NULL: of no unit
    state     INTEGER NOT NULL,             -- enum oko_result_state
    why       TEXT NOT NULL,
    marked    INTEGER NOT NULL,
    official  INTEGER NOT NULL,
    n         INTEGER NOT NULL,
    observed  REAL,                         -- NULL: not computed
    expected  REAL,
    effect    REAL,
    effect_lo REAL,
    effect_hi REAL,
    p         REAL,
    log_p     REAL,
    q         REAL,
    details   TEXT                          -- JSON; NULL: none
) STRICT;
CREATE INDEX result_unit ON result (unit, run);

CREATE TRIGGER run_update BEFORE UPDATE ON run
BEGIN
    SELECT RAISE(ABORT, 'a run is never changed');
END;
CREATE TRIGGER run_delete BEFORE DELETE ON run
BEGIN
    SELECT RAISE(ABORT, 'a run is never deleted');
END;
CREATE TRIGGER result_update BEFORE UPDATE ON result
BEGIN
    SELECT RAISE(ABORT, 'a result is never changed');
END;
CREATE TRIGGER result_delete BEFORE DELETE ON result
BEGIN
    SELECT RAISE(ABORT, 'a result is never deleted');
END;
