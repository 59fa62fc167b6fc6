-- The ledger of photos on their way. No name, birth date or patient id is in clear: they are in the sealed card.
CREATE TABLE uploads (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 32),
    account TEXT NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    has_photo INTEGER NOT NULL CHECK (has_photo IN (0, 1)),
    trouble TEXT,
    retry_at TEXT,
    queue_id TEXT,
    sighting TEXT,
    card BLOB NOT NULL,
    standing BLOB
) STRICT;

-- What people decided. `chain` is the hash of the entry and of the chain before it: one that was changed, or taken out
-- of the middle, no longer fits those after it.
CREATE TABLE decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    upload_id TEXT NOT NULL,
    decision TEXT NOT NULL,
    chain TEXT NOT NULL
) STRICT;

CREATE TABLE legal_moves (
    was TEXT NOT NULL,
    becomes TEXT NOT NULL,
    PRIMARY KEY (was, becomes)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER only_legal_moves BEFORE UPDATE OF state ON uploads
WHEN NEW.state <> OLD.state
    AND NOT EXISTS (SELECT 1 FROM legal_moves WHERE was = OLD.state AND becomes = NEW.state)
BEGIN
    SELECT RAISE(ABORT, 'illegal move');
END;

-- A photo begins queued; one that was found again after the ledger was lost may have been sent already.
CREATE TRIGGER only_lawful_births BEFORE INSERT ON uploads
WHEN NEW.state NOT IN ('queued', 'unsure')
BEGIN
    SELECT RAISE(ABORT, 'illegal move');
END;
