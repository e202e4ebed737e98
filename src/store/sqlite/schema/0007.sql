-- oko: schema of the SQLite engine, step to version 7: an import can be undone, and repaired from the rows that it kept.
--
-- An undo is an import of its own that brings nothing: at its revision the versions that the undone import made end, and
-- what that import had ended stands again as new versions. Nothing is deleted.

ALTER TABLE import ADD COLUMN user INTEGER REFERENCES user (id);       -- who; NULL: the command line
ALTER TABLE import ADD COLUMN undoes INTEGER REFERENCES import (id);   -- NULL: it is no undo
ALTER TABLE import ADD COLUMN corrects INTEGER REFERENCES import (id); -- the same file, with cells put right
ALTER TABLE import ADD COLUMN options TEXT NOT NULL DEFAULT '';        -- JSON: how the file was to be read
ALTER TABLE import ADD COLUMN corrections TEXT NOT NULL DEFAULT '';    -- JSON: the cells that were put right
CREATE UNIQUE INDEX import_undoes ON import (undoes) WHERE undoes IS NOT NULL;

-- A unit that an import made goes out of the register with the undo of that import, when nothing else needs it. Its row
-- stays for old results; its code is free for a unit that comes again (then it is this row).
ALTER TABLE unit ADD COLUMN made_by INTEGER REFERENCES import (id);     -- NULL: by a person, or before version 7
ALTER TABLE unit ADD COLUMN withdrawn INTEGER REFERENCES revision (rev); -- first revision without it; NULL: it stands
CREATE INDEX unit_made_by ON unit (made_by) WHERE made_by IS NOT NULL;

-- Rows of a file as they stood in it, without the columns that the layout has no use for (so without personal ones):
-- kept for some weeks, and only where something in the file was repaired or rejected. One row is one block of rows.
CREATE TABLE import_rows (
    import    INTEGER NOT NULL REFERENCES import (id),
    no        INTEGER NOT NULL CHECK (no >= 0),
    sheet     INTEGER NOT NULL,     -- worksheet, 0-based
    name      TEXT NOT NULL,        -- of the worksheet
    first_row INTEGER NOT NULL,     -- 1-based
    last_row  INTEGER NOT NULL,
    n         INTEGER NOT NULL,     -- rows
    bytes     BLOB NOT NULL,        -- src/intake/tape.h
    PRIMARY KEY (import, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX sheet_import ON sheet (import);
CREATE INDEX sheet_ended ON sheet (ended_by) WHERE ended_by IS NOT NULL;
