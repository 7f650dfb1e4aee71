/** Opens the database for writing, whatever state it is in: new, clean, after a crash, damaged, or from the future. */
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { OpenReport } from '#ports/journal.ts';
import { assertSqliteVersion, openForReading, openForWriting } from './connection.ts';
import {
  type Condemnation,
  condemn,
  damagedBecause,
  databaseFile,
  isLogReadable,
  listCopies,
  madeAt,
  moveAside,
  moveLogAside,
  pardon,
  prepareFiles,
  readCondemnation,
  restoreCopy,
  sizeOf,
  stampOf,
} from './database-files.ts';
import { applicationId, migrations } from './schema.ts';
import { damage, sqliteCode, toUploadError } from './sqlite-error.ts';

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  readonly report: OpenReport;
}

export interface OpenOptions {
  readonly directory: string;
  readonly now: number;
  /** Opened again within one life of the engine, after a worker died: not a new start. */
  readonly isReopening: boolean;
  readonly maxPages: number | null;
}

/**
 * Throws what the disk says where the file cannot be read or there is no room: that is no damage, and the file stays
 * where it is. `prove` makes every statement that the owner will need; what it throws counts as damage.
 */
export function openDatabase(options: OpenOptions, prove: (database: DatabaseSync) => void): OpenedDatabase {
  assertSqliteVersion();
  const { directory } = options;
  const earlier = readCondemnation(directory);
  if (options.isReopening) {
    // The readers still hold this very file, so it cannot be replaced under them.
    if (earlier !== null) throw toUploadError(damage(directory, earlier.reason));
    return openSound(options, prove);
  }
  if (earlier !== null) return replaceDatabase(options, earlier, prove);
  try {
    assertNotEmptied(directory);
    prepareFiles(directory);
    return openWithItsLog(options, prove);
  } catch (error) {
    const condemnation = judge(error, options.now);
    if (condemnation === null) throw error;
    return replaceDatabase(options, condemnation, prove);
  }
}

class NotOurs extends Error {
  readonly kind: Condemnation['kind'];
  constructor(kind: Condemnation['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** A start that was cut off leaves an empty file, too; but then there is nothing beside it that tells of a queue. */
function assertNotEmptied(directory: string): void {
  const file = databaseFile(directory);
  const hasLog = sizeOf(`${file}-wal`) > 0;
  if (sizeOf(file) === 0 && (hasLog || listCopies(directory).length > 0)) {
    throw new NotOurs('damaged', damagedBecause('it is empty'));
  }
}

/**
 * SQLite drops a log that it cannot read without a word. What was written last may have been in it, so it is kept, and
 * told.
 */
function openWithItsLog(options: OpenOptions, prove: (database: DatabaseSync) => void): OpenedDatabase {
  const { directory, now } = options;
  if (isLogReadable(directory)) return openSound(options, prove);
  const movedAside = moveLogAside(directory, stampOf(now));
  const opened = openSound(options, prove);
  const reason = 'The log of the queue could not be read; the changes made last may be missing.';
  return { ...opened, report: { openedAs: 'unclean', movedAside, reason } };
}

function openSound(options: OpenOptions, prove: (database: DatabaseSync) => void): OpenedDatabase {
  const { directory, maxPages } = options;
  const isNew = sizeOf(databaseFile(directory)) === 0;
  const database = openForWriting(databaseFile(directory), maxPages === null ? {} : { maxPages });
  try {
    migrate(database);
    assertWhole(database);
    const openedAs = isNew ? 'new' : wasClosedCleanly(database) ? 'clean' : 'unclean';
    prove(database);
    if (!options.isReopening) database.exec('UPDATE journal SET is_clean = 0');
    return { database, report: { openedAs, movedAside: null, reason: null } };
  } catch (error) {
    database.close();
    throw error;
  }
}

function replaceDatabase(
  options: OpenOptions,
  condemnation: Condemnation,
  prove: (database: DatabaseSync) => void,
): OpenedDatabase {
  const { directory } = options;
  condemn(directory, condemnation);
  const movedAside = moveAside(directory, condemnation);
  const copy = listCopies(directory).find(isGoodCopy) ?? null;
  if (copy === null) prepareFiles(directory);
  else restoreCopy(directory, copy);
  // The log of a new database that an earlier try began does not belong to this one.
  for (const ending of ['-wal', '-shm']) rmSync(databaseFile(directory) + ending, { force: true });
  const { database } = openSound(options, prove);
  pardon(directory);
  const copyMadeAt = copy === null ? null : madeAt(copy);
  return {
    database,
    report: {
      openedAs: copy === null ? 'replaced' : 'restored',
      movedAside,
      reason: condemnation.reason,
      ...(copyMadeAt === null ? {} : { copyMadeAt }),
    },
  };
}

function migrate(database: DatabaseSync): void {
  const version = pragma(database, 'user_version');
  const owner = pragma(database, 'application_id');
  const isEmpty = pragma(database, 'schema_version') === 0;
  if (!isEmpty && owner !== applicationId) throw new NotOurs('damaged', 'The file is no queue of Hoist.');
  if (version > migrations.length) {
    throw new NotOurs('newer', 'The queue was written by a newer version of Hoist.');
  }
  for (const [index, script] of migrations.entries()) {
    if (index < version) continue;
    database.exec(
      `BEGIN IMMEDIATE; ${script}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${index + 1}; COMMIT;`,
    );
  }
}

/** Every table and index that the migrations make must be there: a statement that needs one may come much later. */
function assertWhole(database: DatabaseSync): void {
  const complete = new DatabaseSync(':memory:');
  try {
    for (const script of migrations) complete.exec(script);
    const there = new Set(namesIn(database));
    const missing = namesIn(complete).find((name) => !there.has(name));
    if (missing !== undefined) throw new NotOurs('damaged', damagedBecause(`${missing} is missing`));
  } finally {
    complete.close();
  }
}

const namesIn = (database: DatabaseSync): readonly string[] =>
  database
    .prepare("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
    .all()
    .map(({ name }) => String(name));

function wasClosedCleanly(database: DatabaseSync): boolean {
  return database.prepare('SELECT is_clean FROM journal').get()?.is_clean === 1;
}

function pragma(database: DatabaseSync, name: 'user_version' | 'application_id' | 'schema_version'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

/** SQLITE_ERROR: a table or column that should be there is not. */
const schemaError = 1;
const damageCodes: ReadonlySet<number> = new Set([schemaError, 11, 26]);

/** What an error at opening says of the file; null where it says something of the disk or the machine. */
function judge(error: unknown, now: number): Condemnation | null {
  const stamp = stampOf(now);
  if (error instanceof NotOurs) return { kind: error.kind, stamp, reason: error.message };
  const errcode = sqliteCode(error);
  if (errcode === null || !damageCodes.has(errcode & 0xff)) return null;
  const detail = error instanceof Error ? error.message : '';
  return { kind: 'damaged', stamp, reason: damagedBecause(detail) };
}

function isGoodCopy(file: string): boolean {
  try {
    const database = openForReading(file);
    try {
      const isOurs = pragma(database, 'application_id') === applicationId;
      const isKnown = pragma(database, 'user_version') <= migrations.length;
      return isOurs && isKnown && findDamage(database) === null;
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}

/** The first thing `quick_check` finds; null where the file is sound. */
export function findDamage(database: DatabaseSync): string | null {
  const finding = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  return finding === 'ok' ? null : String(finding);
}
