/** A thread for one long piece of work on the whole database: a copy, or a check. It ends when that is done. */
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { openForReading } from './connection.ts';
import { condemnDamaged, copiesDirectory, databaseFile, syncPath } from './database-files.ts';
import { findDamage } from './open-database.ts';
import { describeError, type StorageFailure } from './sqlite-error.ts';

export interface KeeperOptions {
  readonly directory: string;
  readonly work:
    | { readonly kind: 'check' }
    /** `unlessLike`: makes none where nothing was added or changed since that copy; null: where nothing ever was. */
    | { readonly kind: 'copy'; readonly to: string; readonly unlessLike?: string | null };
}

export type KeeperReport =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failure: StorageFailure };

const { directory, work } = workerData as KeeperOptions;
const sequences = 'SELECT last_job AS job, last_revision AS revision FROM journal';

function check(): void {
  const database = openForReading(databaseFile(directory));
  try {
    const damage = findDamage(database);
    if (damage !== null) throw damaged(damage);
  } finally {
    database.close();
  }
}

/** Complete, checked and on the medium before it gets its name. */
function copy(to: string, unlessLike: string | null | undefined): void {
  if (unlessLike !== undefined && sequencesOf(databaseFile(directory)) === sequencesOf(unlessLike)) return;
  const partial = `${to}.partial`;
  mkdirSync(copiesDirectory(directory), { recursive: true, mode: 0o700 });
  removePartials();
  try {
    const database = openForReading(databaseFile(directory));
    try {
      database.prepare('VACUUM INTO ?').run(partial);
    } finally {
      database.close();
    }
    chmodSync(partial, 0o600);
    const copied = openForReading(partial);
    try {
      const damage = findDamage(copied);
      if (damage !== null) throw damaged(damage);
    } finally {
      copied.close();
    }
    syncPath(partial);
    renameSync(partial, to);
    syncPath(copiesDirectory(directory));
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** They grow with every job that is added or changed. Null: of a queue in which nothing ever was. */
function sequencesOf(file: string | null): string {
  if (file === null) return '0 0';
  const database = openForReading(file);
  try {
    const { job, revision } = { ...database.prepare(sequences).get() };
    return `${job} ${revision}`;
  } finally {
    database.close();
  }
}

/** What an engine that died left of a copy. */
function removePartials(): void {
  const copies = copiesDirectory(directory);
  for (const name of readdirSync(copies)) {
    if (name.endsWith('.partial')) rmSync(join(copies, name), { force: true });
  }
}

/** What the check found, in the form of SQLite's own SQLITE_CORRUPT. */
const damaged = (finding: string) => Object.assign(new Error(finding.slice(0, 300)), { errcode: 11 });

function report(): KeeperReport {
  try {
    if (work.kind === 'check') check();
    else copy(work.to, work.unlessLike);
    return { kind: 'done' };
  } catch (error) {
    const failure = describeError(error, directory);
    if (failure.isDamage) {
      condemnDamaged(directory, failure.message);
    }
    return { kind: 'failed', failure };
  }
}

parentPort?.postMessage(report());
