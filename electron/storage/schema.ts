/**
 * The tables, as numbered migrations: the database's user_version says how many have run. A migration that was once
 * released is never edited.
 */

/** "hoist" told from any other SQLite file: the bytes HSTQ. */
export const applicationId = 0x48535451;

/** Jobs under this size have a queue of their own, so that a lane for small files finds them among large ones. */
export const smallBytes = 1_048_576;

const queued = 0;
const completed = 6;

const first = `
-- One row. The sequences outlive the rows they numbered; is_clean is 1 only between a close and the next open.
CREATE TABLE journal (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  last_job INTEGER NOT NULL,
  last_revision INTEGER NOT NULL,
  is_clean INTEGER NOT NULL
) STRICT;
INSERT INTO journal VALUES (1, 0, 0, 0);

-- Ids of destinations, watch folders and batches, as small numbers for the indexes. 0 stands for none.
CREATE TABLE names (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (kind, text)
) STRICT;

-- Times are epoch ms, REAL because a computed one may have a fraction. completed_at is 0 and edge '' for none: both are parts of keys, and NULL is equal to nothing there.
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  shelf INTEGER NOT NULL,
  state TEXT NOT NULL,
  step TEXT NOT NULL,
  destination INTEGER NOT NULL,
  folder INTEGER NOT NULL,
  batch INTEGER NOT NULL,
  rank REAL NOT NULL,
  due_at REAL,
  size_bytes INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  renewals INTEGER NOT NULL,
  renewals_in_row INTEGER NOT NULL,
  was_signature_refused INTEGER NOT NULL,
  was_doubted INTEGER NOT NULL,
  was_complete_tried INTEGER NOT NULL,
  poll_count INTEGER NOT NULL,
  added_at REAL NOT NULL,
  updated_at REAL NOT NULL,
  completed_at REAL NOT NULL,
  link_expires_at REAL,
  origin TEXT NOT NULL,
  edge TEXT NOT NULL,
  group_id TEXT,
  mtime_ns TEXT NOT NULL,
  inode TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  path TEXT NOT NULL,
  sha256 TEXT,
  reserve_key TEXT,
  failure TEXT,
  asset TEXT,
  reservation BLOB
) STRICT;

-- Identity. Begins with the path, so that it also finds what is known of a path.
CREATE UNIQUE INDEX jobs_identity ON jobs (path, destination, edge, size_bytes, mtime_ns, inode, generation);

-- One per sort. What comes after the id is there so that filters need not look at the rows.
CREATE INDEX jobs_by_added ON jobs (shelf, id, destination, folder, batch);
CREATE INDEX jobs_by_updated ON jobs (shelf, revision, id, destination, folder, batch);
CREATE INDEX jobs_by_completed ON jobs (shelf, completed_at, id, destination, folder, batch);
CREATE INDEX jobs_by_name ON jobs (shelf, name_key, id, destination, folder, batch, size_bytes);
CREATE INDEX jobs_by_size ON jobs (shelf, size_bytes, id, destination, folder, batch);

-- The scheduler's questions.
CREATE INDEX jobs_ready ON jobs (destination, step, rank, id, size_bytes) WHERE shelf = ${queued};
CREATE INDEX jobs_ready_small ON jobs (destination, step, rank, id, size_bytes)
  WHERE shelf = ${queued} AND size_bytes < ${smallBytes};
CREATE INDEX jobs_due ON jobs (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX jobs_on_top ON jobs (rank) WHERE rank < 0;
CREATE INDEX jobs_of_group ON jobs (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX jobs_of_batch ON jobs (batch) WHERE batch > 0;
CREATE INDEX jobs_unhashed ON jobs (completed_at) WHERE shelf = ${completed} AND sha256 IS NULL;

-- Search: which names hold a three-letter piece. No text and no positions are kept: jobs.name_key has them.
CREATE VIRTUAL TABLE job_names USING fts5(
  name_key, content='', columnsize=0, detail=none, tokenize='trigram case_sensitive 1'
);

CREATE TABLE timeline (
  id INTEGER PRIMARY KEY,
  job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  at REAL NOT NULL,
  entry TEXT NOT NULL
) STRICT;
CREATE INDEX timeline_of_job ON timeline (job);

-- Counts, kept in the transaction that changes what they count.
CREATE TABLE tallies (
  destination INTEGER NOT NULL,
  folder INTEGER NOT NULL,
  state TEXT NOT NULL,
  jobs INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (destination, folder, state)
) STRICT, WITHOUT ROWID;
CREATE TABLE batch_tallies (
  batch INTEGER NOT NULL,
  destination INTEGER NOT NULL,
  folder INTEGER NOT NULL,
  state TEXT NOT NULL,
  jobs INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (batch, destination, folder, state)
) STRICT, WITHOUT ROWID;

CREATE TABLE watch_files (
  folder INTEGER NOT NULL,
  path TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  mtime_ns TEXT NOT NULL,
  inode TEXT NOT NULL,
  file_class TEXT NOT NULL,
  rule TEXT,
  job INTEGER,
  seen_at REAL NOT NULL,
  PRIMARY KEY (folder, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX watch_files_of_job ON watch_files (job) WHERE job IS NOT NULL;
CREATE TABLE watch_tallies (
  folder INTEGER NOT NULL,
  file_class TEXT NOT NULL,
  files INTEGER NOT NULL,
  PRIMARY KEY (folder, file_class)
) STRICT, WITHOUT ROWID;

CREATE TABLE holds (
  destination TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  until REAL,
  failure TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE facts (destination TEXT PRIMARY KEY, facts TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

export const migrations: readonly string[] = [first];
