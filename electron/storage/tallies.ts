/** Counts as sums of small tables. Changes of one transaction are gathered and written once, before it commits. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FileClass } from '#ports/journal.ts';
import type { StateName } from '#shared/job.ts';
import { noName } from './names.ts';

/** What a job is counted under. */
export interface Placement {
  readonly destination: number;
  readonly folder: number;
  readonly batch: number;
  readonly state: StateName;
  readonly sizeBytes: number;
}

interface Delta {
  readonly key: readonly (number | string)[];
  count: number;
  bytes: number;
}

export class Tallies {
  readonly #jobs: TallyTable;
  readonly #batches: TallyTable;
  readonly #files: TallyTable;

  constructor(database: DatabaseSync) {
    this.#jobs = new TallyTable(database, 'tallies', ['destination', 'folder', 'state'], 'jobs', true);
    this.#batches = new TallyTable(
      database,
      'batch_tallies',
      ['batch', 'destination', 'folder', 'state'],
      'jobs',
      true,
    );
    this.#files = new TallyTable(database, 'watch_tallies', ['folder', 'file_class'], 'files', false);
  }

  /** `count` is 1 for a job that is now there, -1 for one that is not any more. */
  countJob(job: Placement, count: 1 | -1): void {
    const { destination, folder, batch, state } = job;
    const bytes = count * job.sizeBytes;
    const name = `${destination}:${folder}:${state}`;
    this.#jobs.add(name, () => [destination, folder, state], count, bytes);
    if (batch === noName) return;
    this.#batches.add(`${batch}:${name}`, () => [batch, destination, folder, state], count, bytes);
  }

  countFile(folder: number, fileClass: FileClass, count: 1 | -1): void {
    this.#files.add(`${folder}:${fileClass}`, () => [folder, fileClass], count, 0);
  }

  write(): void {
    this.#jobs.write();
    this.#batches.write();
    this.#files.write();
  }

  forget(): void {
    this.#jobs.forget();
    this.#batches.forget();
    this.#files.forget();
  }
}

class TallyTable {
  readonly #deltas = new Map<string, Delta>();
  readonly #add: StatementSync;
  readonly #removeEmpty: StatementSync;
  readonly #hasBytes: boolean;

  constructor(
    database: DatabaseSync,
    table: string,
    keys: readonly string[],
    counted: string,
    hasBytes: boolean,
  ) {
    const values = hasBytes ? [counted, 'bytes'] : [counted];
    const columns = [...keys, ...values];
    this.#add = database.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT DO UPDATE SET ${values.map((value) => `${value} = ${value} + excluded.${value}`).join(', ')}`,
    );
    this.#removeEmpty = database.prepare(
      `DELETE FROM ${table} WHERE ${keys.map((key) => `${key} = ?`).join(' AND ')} AND ${counted} = 0`,
    );
    this.#hasBytes = hasBytes;
  }

  add(name: string, key: () => readonly (number | string)[], count: number, bytes: number): void {
    const delta = this.#deltas.get(name);
    if (delta === undefined) {
      this.#deltas.set(name, { key: key(), count, bytes });
    } else {
      delta.count += count;
      delta.bytes += bytes;
    }
  }

  write(): void {
    for (const { key, count, bytes } of this.#deltas.values()) {
      if (count === 0 && bytes === 0) continue;
      this.#add.run(...key, count, ...(this.#hasBytes ? [bytes] : []));
      if (count < 0) this.#removeEmpty.run(...key);
    }
    this.#deltas.clear();
  }

  forget(): void {
    this.#deltas.clear();
  }
}
