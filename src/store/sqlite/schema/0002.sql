-- oko: schema of the SQLite engine, step to version 2: one school that was known under two units becomes one.
--
-- A merged unit keeps its row, so that results and old versions that name it stay whole; its code leads to the unit it
-- was merged into, its aliases and current data belong there. Before the revision merged_rev it stands in the register
-- as it did: a run of an earlier revision is recomputed to the same digits.

ALTER TABLE unit ADD COLUMN merged_into INTEGER REFERENCES unit (id);     -- a unit of the same level that is not merged
ALTER TABLE unit ADD COLUMN merged_rev INTEGER REFERENCES revision (rev); -- first revision without it; NULL: it stands
CREATE INDEX unit_merged ON unit (merged_into) WHERE merged_into IS NOT NULL;

-- Where a unit stood before a merge moved it: at revisions < until_rev (and not before an earlier row of the same unit).
CREATE TABLE unit_move (
    unit      INTEGER NOT NULL REFERENCES unit (id),
    until_rev INTEGER NOT NULL REFERENCES revision (rev),
    parent    INTEGER REFERENCES unit (id), -- NULL: it had none
    PRIMARY KEY (unit, until_rev)
) STRICT, WITHOUT ROWID;
