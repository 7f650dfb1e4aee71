/** Rows of jobs: adding, changing and removing them with everything that is kept beside them. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { StateName } from '#shared/job.ts';
import { at, type JobColumn } from './job-columns.ts';
import { group, JobUpdates } from './job-update.ts';
import { nameKey } from './name-key.ts';
import type { NameWriter } from './names.ts';
import type { Sequence } from './sequence.ts';
import { shelfOfState } from './shelf.ts';
import { prepareQuery, type Query } from './statement.ts';
import type { Placement, Tallies } from './tallies.ts';
import type { Row, SqlValue, WireChange, WireEntry, WireSaved } from './wire.ts';

/** What all writing shares within a transaction. */
export interface WriteContext {
  readonly database: DatabaseSync;
  readonly names: NameWriter;
  readonly tallies: Tallies;
  readonly sequence: Sequence;
}

/** The columns that tell which indexes a change touches, and where the job was counted. */
const storedColumns = [
  'revision',
  'destination',
  'folder',
  'batch',
  'state',
  'step',
  'due_at',
  'rank',
  'completed_at',
  'sha256',
  'origin',
  'edge',
  'group_id',
  'path',
  'name',
  'mime_type',
  'size_bytes',
  'mtime_ns',
  'inode',
  'generation',
  'name_key',
] as const;
const was = Object.fromEntries(storedColumns.map((name, index) => [name, index])) as Readonly<
  Record<(typeof storedColumns)[number], number>
>;

/** Where the columns of the identity that are the same on the wire stand there, and in what is stored. */
const identityPlaces = (
  [
    'path',
    'name',
    'size_bytes',
    'mtime_ns',
    'inode',
    'generation',
    'mime_type',
    'origin',
    'edge',
    'group_id',
  ] as const
).map((column) => [at[column], was[column]] as const);

export interface AddedJob {
  readonly id: number;
  readonly revision: number;
  readonly generation: number;
}

export class JobWriter {
  readonly #context: WriteContext;
  readonly #updates: JobUpdates;
  readonly #stored: Query;
  readonly #insert: StatementSync;
  readonly #addEntry: StatementSync;
  readonly #indexName: StatementSync;
  readonly #unindexName: StatementSync;
  readonly #highestGeneration: Query;
  readonly #twin: Query;
  readonly #delete: StatementSync;
  readonly #orphanFiles: StatementSync;

  constructor(context: WriteContext) {
    const { database } = context;
    this.#context = context;
    this.#updates = new JobUpdates(database);
    this.#stored = prepareQuery(database, `SELECT ${storedColumns.join(', ')} FROM jobs WHERE id = ?`);
    this.#insert = database.prepare(
      `INSERT INTO jobs (id, revision, shelf, state, step, destination, folder, batch, rank, size_bytes, generation,
         attempts, renewals, renewals_in_row, was_signature_refused, was_doubted, was_complete_tried, poll_count,
         added_at, updated_at, completed_at, origin, edge, group_id, mtime_ns, inode, mime_type, name, name_key, path)
       VALUES (?, ?, ${shelfOfState.queued}, 'queued', 'reserve', ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0, ?, ?, 0,
         ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#addEntry = database.prepare('INSERT INTO timeline (job, at, entry) VALUES (?, ?, ?)');
    this.#indexName = database.prepare('INSERT INTO job_names (rowid, name_key) VALUES (?, ?)');
    this.#unindexName = database.prepare(
      "INSERT INTO job_names (job_names, rowid, name_key) VALUES ('delete', ?, ?)",
    );
    const ofPath = 'FROM jobs WHERE path = ? AND destination = ? AND edge = ?';
    this.#highestGeneration = prepareQuery(database, `SELECT max(generation) ${ofPath}`);
    this.#twin = prepareQuery(
      database,
      `SELECT id ${ofPath} AND size_bytes = ? AND mtime_ns = ? AND inode = ? AND generation = ?`,
    );
    this.#delete = database.prepare('DELETE FROM jobs WHERE id = ?');
    this.#orphanFiles = database.prepare('UPDATE watch_files SET job = NULL WHERE job = ?');
  }

  /** A new job in `queued(reserve)`. */
  add(row: Row, generation: number, now: number, entries: readonly WireEntry[]): AddedJob {
    const { sequence, tallies } = this.#context;
    const { destination, folder, batch } = this.#namesOf(row);
    const key = nameKey(String(row[at.name]));
    const sizeBytes = Number(row[at.size_bytes]);
    const id = sequence.nextJob();
    const revision = sequence.nextRevision();
    const wired = (['origin', 'edge', 'group_id', 'mtime_ns', 'inode', 'mime_type', 'name'] as const).map(
      (column) => cell(row, column),
    );
    this.#insert.run(
      id,
      revision,
      destination,
      folder,
      batch,
      cell(row, 'rank'),
      sizeBytes,
      generation,
      now,
      now,
      ...wired,
      key,
      cell(row, 'path'),
    );
    this.#indexName.run(id, key);
    this.#addEntries(id, entries);
    tallies.countJob({ destination, folder, batch, state: 'queued', sizeBytes }, 1);
    return { id, revision, generation };
  }

  /** Null, and nothing written, where one of the jobs is gone or was written by somebody else. */
  save(changes: readonly WireChange[]): WireSaved {
    const olds: Row[] = [];
    const seen = new Set<SqlValue>();
    for (const [row] of changes) {
      const id = cell(row, 'id');
      const old = this.#stored.get(id);
      if (old === undefined || old[was.revision] !== row[at.revision] || seen.has(id)) return null;
      seen.add(id);
      olds.push(old);
    }
    return changes.map(([row, entries], index) => this.#change(row, olds[index] ?? [], entries));
  }

  /** Answers whether the job was there. It takes a revision: who follows those hears of what is gone, too. */
  remove(id: number): boolean {
    const old = this.#stored.get(id);
    if (old === undefined) return false;
    this.#unindexName.run(id, old[was.name_key] ?? '');
    this.#orphanFiles.run(id);
    this.#delete.run(id);
    this.#context.tallies.countJob(placementOf(old), -1);
    this.#context.sequence.nextRevision();
    return true;
  }

  #change(row: Row, old: Row, entries: readonly WireEntry[]): readonly [number, number] {
    const { tallies, sequence } = this.#context;
    const id = Number(row[at.id]);
    const state = row[at.state] as StateName;
    const oldState = old[was.state] as StateName;
    const revision = sequence.nextRevision();
    const before = placementOf(old);
    const hasMoved = this.#hasMoved(row, old);
    const names = hasMoved ? this.#namesOf(row) : before;
    const generation = hasMoved ? this.#freeGeneration(row, names.destination) : Number(old[was.generation]);
    const key = hasMoved ? nameKey(String(row[at.name])) : String(old[was.name_key]);

    this.#updates.run(changedGroups(row, old, hasMoved), id, row, {
      revision,
      shelf: shelfOfState[state],
      destination: names.destination,
      folder: names.folder,
      batch: names.batch,
      generation,
      name_key: key,
    });
    if (key !== old[was.name_key]) {
      this.#unindexName.run(id, String(old[was.name_key]));
      this.#indexName.run(id, key);
    }
    this.#addEntries(id, entries);
    if (hasMoved || state !== oldState) {
      tallies.countJob(before, -1);
      const { destination, folder, batch } = names;
      tallies.countJob({ destination, folder, batch, state, sizeBytes: Number(row[at.size_bytes]) }, 1);
    }
    return [revision, generation];
  }

  #hasMoved(row: Row, old: Row): boolean {
    for (const [there, here] of identityPlaces) if (row[there] !== old[here]) return true;
    const { names } = this.#context;
    return (
      row[at.destination] !== names.textOf(Number(old[was.destination])) ||
      row[at.folder] !== names.textOf(Number(old[was.folder])) ||
      row[at.batch] !== names.textOf(Number(old[was.batch]))
    );
  }

  #namesOf(row: Row): Pick<Placement, 'destination' | 'folder' | 'batch'> {
    const { names } = this.#context;
    return {
      destination: names.numberOf('destination', String(row[at.destination])),
      folder: names.numberOf('folder', nullableText(row[at.folder])),
      batch: names.numberOf('batch', nullableText(row[at.batch])),
    };
  }

  /** The generation that was asked for, unless another job is that very version already: then the next one. */
  #freeGeneration(row: Row, destination: number): number {
    const path = cell(row, 'path');
    const edge = cell(row, 'edge');
    const version = (['size_bytes', 'mtime_ns', 'inode', 'generation'] as const).map((column) =>
      cell(row, column),
    );
    const twin = this.#twin.get(path, destination, edge, ...version)?.[0];
    if (twin === undefined || twin === row[at.id]) return Number(row[at.generation]);
    return Number(this.#highestGeneration.get(path, destination, edge)?.[0] ?? 0) + 1;
  }

  #addEntries(id: number, entries: readonly WireEntry[]): void {
    for (const [time, entry] of entries) this.#addEntry.run(id, time, entry);
  }
}

function changedGroups(row: Row, old: Row, hasMoved: boolean): number {
  const step = row[at.step];
  const hasMovedShelf =
    shelfOfState[row[at.state] as StateName] !== shelfOfState[old[was.state] as StateName];
  // A state that has no step keeps the one that was: nobody asks for it, and its index stays untouched.
  const hasNewStep = step !== null && step !== old[was.step];
  const isCompletion = row[at.completed_at] !== old[was.completed_at] || row[at.sha256] !== old[was.sha256];
  return (
    (hasMovedShelf ? group.shelf : 0) |
    (hasNewStep ? group.step : 0) |
    (row[at.due_at] !== old[was.due_at] ? group.due : 0) |
    (row[at.rank] !== old[was.rank] ? group.rank : 0) |
    (isCompletion ? group.completion : 0) |
    (hasMoved ? group.identity : 0)
  );
}

const cell = (row: Row, column: JobColumn): SqlValue => row[at[column]] ?? null;
const nullableText = (value: SqlValue | undefined) => (typeof value === 'string' ? value : null);

const placementOf = (old: Row): Placement => ({
  destination: Number(old[was.destination]),
  folder: Number(old[was.folder]),
  batch: Number(old[was.batch]),
  state: old[was.state] as StateName,
  sizeBytes: Number(old[was.size_bytes]),
});
