/** Rows of jobs: adding, changing and removing them with everything that is kept beside them. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { StateName } from '#shared/job.ts';
import { at, type JobColumn } from './job-columns.ts';
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
const stored = [
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
const was = Object.fromEntries(stored.map((name, index) => [name, index])) as Readonly<
  Record<(typeof stored)[number], number>
>;

/**
 * SQLite rewrites an index entry when a statement names one of its columns, changed or not. So a change names only the
 * groups that did change: most transitions touch one index.
 */
const groups = {
  always: [
    'revision',
    'state',
    'attempts',
    'renewals',
    'renewals_in_row',
    'was_signature_refused',
    'was_doubted',
    'was_complete_tried',
    'poll_count',
    'reserve_key',
    'updated_at',
    'failure',
    'asset',
    'link_expires_at',
    'reservation',
  ],
  shelf: ['shelf'],
  step: ['step'],
  due: ['due_at'],
  rank: ['rank'],
  completion: ['completed_at', 'sha256'],
  identity: [
    'destination',
    'folder',
    'batch',
    'origin',
    'edge',
    'group_id',
    'path',
    'name',
    'name_key',
    'mime_type',
    'size_bytes',
    'mtime_ns',
    'inode',
    'generation',
  ],
} as const;
type Group = keyof typeof groups;
type StoredColumn = (typeof groups)[Group][number];

const identityOnWire = [
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
] as const satisfies readonly JobColumn[];

export class JobWriter {
  readonly #context: WriteContext;
  readonly #stored: Query;
  readonly #updates = new Map<string, StatementSync>();
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
    this.#stored = prepareQuery(database, `SELECT ${stored.join(', ')} FROM jobs WHERE id = ?`);
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

  /** A new job in `queued(reserve)`, in the next generation of its path. */
  add(
    row: Row,
    now: number,
    entries: readonly WireEntry[],
  ): { readonly id: number; readonly revision: number; readonly generation: number } {
    const { names, sequence, tallies } = this.#context;
    const destination = names.numberOf('destination', String(row[at.destination]));
    const folder = names.numberOf('folder', nullableText(row[at.folder]));
    const batch = names.numberOf('batch', nullableText(row[at.batch]));
    const name = String(row[at.name]);
    const key = nameKey(name);
    const sizeBytes = Number(row[at.size_bytes]);
    const generation = this.#nextGeneration(row, destination);
    const id = sequence.nextJob();
    const revision = sequence.nextRevision();
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
      cell(row, 'origin'),
      cell(row, 'edge'),
      cell(row, 'group_id'),
      cell(row, 'mtime_ns'),
      cell(row, 'inode'),
      cell(row, 'mime_type'),
      name,
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

  /** Answers whether the job was there. */
  remove(id: number): boolean {
    const old = this.#stored.get(id);
    if (old === undefined) return false;
    this.#unindexName.run(id, old[was.name_key] ?? '');
    this.#orphanFiles.run(id);
    this.#delete.run(id);
    this.#context.tallies.countJob(placementOf(old), -1);
    return true;
  }

  #change(row: Row, old: Row, entries: readonly WireEntry[]): readonly [number, number] {
    const { tallies, sequence, names } = this.#context;
    const state = cell(row, 'state') as StateName;
    const oldState = old[was.state] as StateName;
    const revision = sequence.nextRevision();
    const hasMoved = this.#hasNewIdentity(row, old);
    const destination = hasMoved
      ? names.numberOf('destination', String(row[at.destination]))
      : Number(old[was.destination]);
    const folder = hasMoved
      ? names.numberOf('folder', nullableText(row[at.folder]))
      : Number(old[was.folder]);
    const batch = hasMoved ? names.numberOf('batch', nullableText(row[at.batch])) : Number(old[was.batch]);
    const generation = hasMoved ? this.#freeGeneration(row, destination) : Number(old[was.generation]);
    const key = hasMoved ? nameKey(String(row[at.name])) : String(old[was.name_key]);

    const changed: Group[] = ['always'];
    if (shelfOfState[state] !== shelfOfState[oldState]) changed.push('shelf');
    if (row[at.step] !== null && row[at.step] !== old[was.step]) changed.push('step');
    if (row[at.due_at] !== old[was.due_at]) changed.push('due');
    if (row[at.rank] !== old[was.rank]) changed.push('rank');
    if (row[at.completed_at] !== old[was.completed_at] || row[at.sha256] !== old[was.sha256]) {
      changed.push('completion');
    }
    if (hasMoved) changed.push('identity');

    const id = Number(row[at.id]);
    const computed: Partial<Record<StoredColumn, SqlValue>> = {
      revision,
      destination,
      folder,
      batch,
      generation,
      name_key: key,
      shelf: shelfOfState[state],
    };
    const values: SqlValue[] = [];
    for (const group of changed) {
      for (const column of groups[group]) {
        values.push(computed[column] ?? row[at[column as JobColumn]] ?? null);
      }
    }
    this.#update(changed).run(...values, id);
    if (hasMoved && key !== old[was.name_key]) {
      this.#unindexName.run(id, String(old[was.name_key]));
      this.#indexName.run(id, key);
    }
    this.#addEntries(id, entries);
    if (hasMoved || state !== oldState) {
      tallies.countJob(placementOf(old), -1);
      tallies.countJob({ destination, folder, batch, state, sizeBytes: Number(row[at.size_bytes]) }, 1);
    }
    return [revision, generation];
  }

  #hasNewIdentity(row: Row, old: Row): boolean {
    const { names } = this.#context;
    if (identityOnWire.some((column) => row[at[column]] !== old[was[column]])) return true;
    return (
      row[at.destination] !== names.textOf(Number(old[was.destination])) ||
      row[at.folder] !== names.textOf(Number(old[was.folder])) ||
      row[at.batch] !== names.textOf(Number(old[was.batch]))
    );
  }

  #nextGeneration(row: Row, destination: number): number {
    const highest = this.#highestGeneration.get(cell(row, 'path'), destination, cell(row, 'edge'))?.[0];
    return Number(highest ?? 0) + 1;
  }

  /** The generation that was asked for, unless another job is that very version already: then the next one. */
  #freeGeneration(row: Row, destination: number): number {
    const twin = this.#twin.get(
      cell(row, 'path'),
      destination,
      cell(row, 'edge'),
      cell(row, 'size_bytes'),
      cell(row, 'mtime_ns'),
      cell(row, 'inode'),
      cell(row, 'generation'),
    )?.[0];
    const isFree = twin === undefined || twin === row[at.id];
    return isFree ? Number(row[at.generation]) : this.#nextGeneration(row, destination);
  }

  #update(changed: readonly Group[]): StatementSync {
    const key = changed.join();
    const known = this.#updates.get(key);
    if (known !== undefined) return known;
    const columns = changed.flatMap((group) => groups[group]);
    const statement = this.#context.database.prepare(
      `UPDATE jobs SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`,
    );
    this.#updates.set(key, statement);
    return statement;
  }

  #addEntries(id: number, entries: readonly WireEntry[]): void {
    for (const [time, entry] of entries) this.#addEntry.run(id, time, entry);
  }
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
