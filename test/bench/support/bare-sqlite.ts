/** Bare node:sqlite that runs the very statements that the journal ran, with the same parameters, in one thread. */
import type { DatabaseSync } from 'node:sqlite';
import { type OwnWriter, ownWriter } from '../../storage/support/own-writer.ts';
import { type Executed, watchStatements } from '../../storage/support/watch-statements.ts';

/** The statements of one transaction. */
export type Group = readonly Executed[];

/** Runs `work` on a writer of its own and notes every statement of it, transaction by transaction. */
export function record(
  directory: string,
  seed: (writer: OwnWriter) => void,
  work: (writer: OwnWriter) => void,
): readonly Group[] {
  const groups: Executed[][] = [[]];
  let isRecording = false;
  const writer = ownWriter(directory, {
    wrap: (database) =>
      watchStatements(database, (executed) => {
        if (isRecording) groups.at(-1)?.push(executed);
      }),
    afterCommit: () => groups.push([]),
  });
  seed(writer);
  groups.splice(0, groups.length, []);
  isRecording = true;
  work(writer);
  writer.close();
  return groups.filter(({ length }) => length > 0);
}

/** Milliseconds that bare SQLite takes for what was recorded. */
export function replay(database: DatabaseSync, groups: readonly Group[]): number {
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  for (const { sql, kind } of groups.flat()) {
    if (statements.has(sql)) continue;
    const statement = database.prepare(sql);
    if (kind !== 'run') statement.setReturnArrays(true);
    statements.set(sql, statement);
  }
  const begun = performance.now();
  for (const group of groups) {
    database.exec('BEGIN IMMEDIATE');
    for (const { sql, kind, parameters } of group) statements.get(sql)?.[kind](...parameters);
    database.exec('COMMIT');
  }
  return performance.now() - begun;
}

/** A job's transition begins with the question for what is stored; the tallies that follow go with the last. */
export function splitByJob(group: Group): readonly Group[] {
  const parts: Executed[][] = [];
  for (const statement of group) {
    if (statement.kind === 'get' || parts.length === 0) parts.push([]);
    parts.at(-1)?.push(statement);
  }
  return parts;
}
