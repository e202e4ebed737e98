-- oko: schema of the SQLite engine, step to version 4: the class as the file wrote it.
--
-- `class` is the label that classes of several files are matched by («5А», "5 A" and «а» are all «А»). Output that another
-- program joins with its own table needs the file's own spelling. It is no part of the content hash.

ALTER TABLE sheet ADD COLUMN class_written TEXT NOT NULL DEFAULT '';   -- '': unknown (older imports), or too long
