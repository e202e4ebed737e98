-- oko: schema of the SQLite engine, the step that brings the yearly cycle: records with every version of theirs, attached
-- files, people and what they did, long work. Nothing here belongs to the revisions of the data.
--
-- Triggers guard what may never change, even against SQL by hand. Units and users are named by ids; a unit that was
-- merged keeps its row and leads to its successor (unit.merged_into), so records keep the unit they were written for.

-- Where a unit stands: a merged one under its successor, any other under its parent. Lists of a subtree follow it.
CREATE INDEX unit_above ON unit (ifnull(merged_into, parent));

-- ---- people ----

CREATE TABLE user (
    id           INTEGER PRIMARY KEY,
    login        TEXT NOT NULL UNIQUE CHECK (login <> ''),   -- lower case
    name         TEXT NOT NULL,
    email        TEXT NOT NULL,
    role         INTEGER NOT NULL CHECK (role BETWEEN 0 AND 6),   -- enum oko_role
    unit         INTEGER REFERENCES unit (id),                    -- NULL: the whole register
    state        INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),  -- enum oko_user_state
    password     TEXT NOT NULL,                                   -- argon2id of libsodium, '' none
    must_change  INTEGER NOT NULL CHECK (must_change IN (0, 1)),
    failed       INTEGER NOT NULL DEFAULT 0 CHECK (failed >= 0),  -- wrong passwords in a row
    locked_until TEXT NOT NULL DEFAULT '',
    lang         TEXT NOT NULL,
    version      INTEGER NOT NULL CHECK (version >= 1),
    created      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    updated      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;
CREATE INDEX user_unit ON user (unit);

CREATE TRIGGER user_delete BEFORE DELETE ON user
BEGIN
    SELECT RAISE(ABORT, 'a user is disabled, never deleted: the log names them');
END;

-- What lets somebody in: only the hash of it. These rows do go: a session ends.
CREATE TABLE secret (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,                -- a number never comes back for another secret
    kind    INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),    -- enum oko_secret_kind
    hash    TEXT NOT NULL CHECK (length(hash) = 64),          -- SHA-256, hex
    user    INTEGER NOT NULL REFERENCES user (id),
    csrf    TEXT NOT NULL,
    title   TEXT NOT NULL,
    scope   TEXT NOT NULL,
    created TEXT NOT NULL,
    used    TEXT NOT NULL,
    expires TEXT NOT NULL CHECK (expires <> ''),
    address TEXT NOT NULL,
    UNIQUE (kind, hash)
) STRICT;
CREATE INDEX secret_user ON secret (user, kind);
CREATE INDEX secret_expires ON secret (expires);

-- ---- the log of what people did ----

-- Each line carries the hash of the one before: src/store/audit_line.h says over which bytes. Who keeps the newest hash
-- elsewhere can prove that the log was neither changed nor cut.
CREATE TABLE audit (
    id      INTEGER PRIMARY KEY,            -- 1, 2, 3 … without gaps
    at      TEXT NOT NULL,
    user    INTEGER REFERENCES user (id),   -- NULL: the program or the command line
    login   TEXT NOT NULL,
    role    TEXT NOT NULL,
    action  TEXT NOT NULL CHECK (action <> ''),
    object  TEXT NOT NULL,
    unit    INTEGER REFERENCES unit (id),
    address TEXT NOT NULL,
    detail  TEXT NOT NULL CHECK (substr(ltrim(detail, char(9, 10, 13, 32)), 1, 1) = '{'), -- JSON object
    prev    TEXT NOT NULL CHECK (length(prev) = 64),
    hash    TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX audit_user ON audit (user);
CREATE INDEX audit_unit ON audit (unit);
CREATE INDEX audit_object ON audit (object) WHERE object <> '';

CREATE TRIGGER audit_insert BEFORE INSERT ON audit
WHEN NEW.id IS NOT (SELECT ifnull(max(id), 0) + 1 FROM audit)
  OR NEW.prev IS NOT ifnull((SELECT hash FROM audit ORDER BY id DESC LIMIT 1), printf('%064d', 0))
BEGIN
    SELECT RAISE(ABORT, 'a line of the log follows the one before');
END;
CREATE TRIGGER audit_update BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the log is never changed');
END;
CREATE TRIGGER audit_delete BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the log is never shortened');
END;

-- ---- files ----

-- The bytes of attached files, once per content, cut into pieces so that none stands in memory whole.
CREATE TABLE file_content (
    id     INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    bytes  INTEGER NOT NULL CHECK (bytes >= 0)
) STRICT;
CREATE TABLE file_chunk (
    content INTEGER NOT NULL REFERENCES file_content (id),
    no      INTEGER NOT NULL CHECK (no >= 0),                        -- bytes from no × 262144
    bytes   BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 262144),
    UNIQUE (content, no)
) STRICT;
CREATE TABLE file (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL CHECK (name <> ''),
    type       TEXT NOT NULL,
    content    INTEGER NOT NULL REFERENCES file_content (id),
    unit       INTEGER REFERENCES unit (id),
    created    TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    created_by INTEGER REFERENCES user (id)
) STRICT;
CREATE INDEX file_of_content ON file (content);

CREATE TRIGGER file_content_update BEFORE UPDATE ON file_content
BEGIN
    SELECT RAISE(ABORT, 'content is never changed');
END;
CREATE TRIGGER file_chunk_update BEFORE UPDATE ON file_chunk
BEGIN
    SELECT RAISE(ABORT, 'content is never changed');
END;
CREATE TRIGGER file_chunk_delete BEFORE DELETE ON file_chunk
BEGIN
    SELECT RAISE(ABORT, 'content is never deleted');
END;
CREATE TRIGGER file_update BEFORE UPDATE ON file
BEGIN
    SELECT RAISE(ABORT, 'a file is never changed');
END;
CREATE TRIGGER file_delete BEFORE DELETE ON file
BEGIN
    SELECT RAISE(ABORT, 'a file is never deleted');
END;

-- ---- records ----

-- The head: where a record stands now, in plain columns, for lists. What it says stands in its versions.
CREATE TABLE record (
    id         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind <> ''),
    unit       INTEGER REFERENCES unit (id),    -- NULL: of the whole register
    year       INTEGER NOT NULL,                -- of the cycle, 0: of none
    state      TEXT NOT NULL,
    due        TEXT CHECK (due GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),  -- NULL: no deadline
    assignee   INTEGER REFERENCES user (id),
    key        TEXT CHECK (key <> ''),          -- NULL: none
    title      TEXT NOT NULL,
    folded     TEXT NOT NULL,                   -- title as it is searched: no case, ё = е
    version    INTEGER NOT NULL CHECK (version >= 1),
    removed    INTEGER NOT NULL CHECK (removed IN (0, 1)),
    created    TEXT NOT NULL,
    created_by INTEGER REFERENCES user (id),    -- NULL: the program itself
    updated    TEXT NOT NULL,
    updated_by INTEGER REFERENCES user (id),
    UNIQUE (kind, key)                          -- a removed record keeps its key
) STRICT;
CREATE INDEX record_unit ON record (unit, kind);
CREATE INDEX record_state ON record (kind, removed, state, unit); -- also counts by unit and state, without the rows
CREATE INDEX record_due ON record (kind, removed, due);
CREATE INDEX record_year ON record (kind, removed, year);
CREATE INDEX record_updated ON record (kind, removed, updated);
CREATE INDEX record_assignee ON record (assignee, kind) WHERE assignee IS NOT NULL;

-- Every version, whole. The newest one repeats the head; a person who reads the history needs no other table.
CREATE TABLE record_version (
    id         INTEGER PRIMARY KEY,
    record     INTEGER NOT NULL REFERENCES record (id),
    version    INTEGER NOT NULL CHECK (version >= 1),   -- 1, 2, 3 … without gaps
    unit       INTEGER REFERENCES unit (id),
    year       INTEGER NOT NULL,
    state      TEXT NOT NULL,
    due        TEXT,
    assignee   INTEGER REFERENCES user (id),
    key        TEXT,
    title      TEXT NOT NULL,
    removed    INTEGER NOT NULL,
    updated    TEXT NOT NULL,
    updated_by INTEGER REFERENCES user (id),
    body       TEXT NOT NULL CHECK (substr(ltrim(body, char(9, 10, 13, 32)), 1, 1) = '{'), -- JSON object
    UNIQUE (record, version)
) STRICT;

CREATE TRIGGER record_update BEFORE UPDATE ON record
WHEN NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.version <> OLD.version + 1 OR NEW.created <> OLD.created
  OR NEW.created_by IS NOT OLD.created_by
BEGIN
    SELECT RAISE(ABORT, 'a record changes by its next version');
END;
CREATE TRIGGER record_delete BEFORE DELETE ON record
BEGIN
    SELECT RAISE(ABORT, 'a record is removed by a version, never deleted');
END;
CREATE TRIGGER record_version_insert BEFORE INSERT ON record_version
WHEN NEW.version IS NOT (SELECT ifnull(max(version), 0) + 1 FROM record_version WHERE record = NEW.record)
BEGIN
    SELECT RAISE(ABORT, 'versions have no gaps');
END;
CREATE TRIGGER record_version_update BEFORE UPDATE ON record_version
BEGIN
    SELECT RAISE(ABORT, 'a version is never changed');
END;
CREATE TRIGGER record_version_delete BEFORE DELETE ON record_version
BEGIN
    SELECT RAISE(ABORT, 'a version is never deleted');
END;

-- What a record points to. The target's table depends on its kind, so the store looks whether it is there; none of the
-- targets is ever deleted.
CREATE TABLE record_link (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    record     INTEGER NOT NULL REFERENCES record (id),
    relation   TEXT NOT NULL CHECK (relation <> ''),
    target     INTEGER NOT NULL CHECK (target BETWEEN 0 AND 5),  -- enum oko_link_target
    target_id  INTEGER NOT NULL,                                 -- 0 for a URL
    url        TEXT NOT NULL,                                    -- of a URL, else ''
    note       TEXT NOT NULL,                                    -- words, or the URL
    created    TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    created_by INTEGER REFERENCES user (id),
    UNIQUE (record, relation, target, target_id, url)
) STRICT;
CREATE INDEX record_link_target ON record_link (target, target_id, relation);

-- ---- answers that were given to a request with an idempotency key ----

CREATE TABLE answer (
    user    INTEGER NOT NULL REFERENCES user (id),
    key     TEXT NOT NULL CHECK (key <> ''),
    request TEXT NOT NULL,                      -- SHA-256 of method, path and body, hex
    status  INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body    BLOB NOT NULL,
    created TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    PRIMARY KEY (user, key)
) STRICT;
CREATE INDEX answer_created ON answer (created);

-- ---- long work ----

CREATE TABLE job (
    id       INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL CHECK (kind <> ''),
    state    INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),  -- enum oko_job_state
    user     INTEGER REFERENCES user (id),
    unit     INTEGER REFERENCES unit (id),
    stage    TEXT NOT NULL DEFAULT '',
    done     INTEGER NOT NULL DEFAULT 0,
    total    INTEGER NOT NULL DEFAULT 0,
    cancel   INTEGER NOT NULL DEFAULT 0 CHECK (cancel IN (0, 1)),
    attempts INTEGER NOT NULL DEFAULT 0,
    params   TEXT NOT NULL,                     -- JSON object
    result   TEXT NOT NULL DEFAULT '',
    error    TEXT NOT NULL DEFAULT '',
    created  TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    started  TEXT NOT NULL DEFAULT '',
    finished TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX job_open ON job (state, id) WHERE state < 2;
CREATE INDEX job_user ON job (user, kind);
