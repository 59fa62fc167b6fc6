-- By what the photos that were accepted are known again; see sent_marks.py. `at` is in seconds since 1970. No hash of a
-- photo and no patient id is in clear: a mark is made with the master key.
CREATE TABLE sent_photos (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    upload_id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE sent_marks (
    mark BLOB NOT NULL,
    photo INTEGER NOT NULL,
    PRIMARY KEY (mark, photo)
) STRICT, WITHOUT ROWID;

CREATE INDEX marks_of_photo ON sent_marks (photo);
