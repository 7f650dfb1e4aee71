/**
 * SQLite rewrites an index entry when a statement names one of its columns, changed or not. So an update names only the
 * groups of columns that did change: most transitions touch one index.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { at, type JobColumn } from './job-columns.ts';
import type { Row, SqlValue } from './wire.ts';

/** What the writer works out itself, in this order; all else comes from the row on the wire. */
const computedColumns = [
  'revision',
  'shelf',
  'destination',
  'folder',
  'batch',
  'generation',
  'name_key',
] as const;
type ComputedColumn = (typeof computedColumns)[number];
export type Computed = Readonly<Record<ComputedColumn, SqlValue>>;

/** A bit each. `always` holds no indexed column but the revision. */
export const group = { always: 0, shelf: 1, step: 2, due: 4, rank: 8, completion: 16, identity: 32 } as const;

const columnsOfGroup: Readonly<Record<keyof typeof group, readonly (JobColumn | ComputedColumn)[]>> = {
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
};

interface Plan {
  readonly statement: StatementSync;
  /** For each column: where it stands in the row, or the name of what was computed. */
  readonly sources: readonly (number | ComputedColumn)[];
}

export class JobUpdates {
  readonly #database: DatabaseSync;
  readonly #plans: (Plan | undefined)[] = [];

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** `groups` is a sum of bits of `group`. */
  run(groups: number, id: number, row: Row, computed: Computed): void {
    const { statement, sources } = this.#plan(groups);
    const values: SqlValue[] = [];
    for (const source of sources) {
      values.push((typeof source === 'number' ? row[source] : computed[source]) ?? null);
    }
    values.push(id);
    statement.run(...values);
  }

  #plan(groups: number): Plan {
    const known = this.#plans[groups];
    if (known !== undefined) return known;
    const columns = (Object.keys(group) as (keyof typeof group)[])
      .filter((name) => (groups & group[name]) === group[name])
      .flatMap((name) => columnsOfGroup[name]);
    const plan: Plan = {
      statement: this.#database.prepare(
        `UPDATE jobs SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`,
      ),
      sources: columns.map((column) => (isComputed(column) ? column : at[column])),
    };
    this.#plans[groups] = plan;
    return plan;
  }
}

const isComputed = (column: JobColumn | ComputedColumn): column is ComputedColumn =>
  computedColumns.some((computed) => computed === column);
