-- Rows and decisions are signed with a key that is derived from the master key; see signatures.py.
ALTER TABLE uploads ADD COLUMN signature BLOB;

-- From here on `decisions.chain` is keyed. The entries before `decisions_from` belong to an earlier chain.
CREATE TABLE anchor (
    place INTEGER PRIMARY KEY CHECK (place = 1),
    key_mark BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    decisions_from INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT;
