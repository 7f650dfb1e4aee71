/** Looks into a queue's database from outside, as it was left by a process that died. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StateName, TimelineEntry } from '#shared/job.ts';

export interface JournalRow {
  readonly id: number;
  readonly name: string;
  readonly state: StateName;
  readonly timeline: readonly TimelineEntry[];
}

/** Empty where there is no database yet. */
export function readJournalFile(dataDir: string): readonly JournalRow[] {
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(join(dataDir, 'hoist.db'), { readOnly: true });
  } catch {
    return [];
  }
  try {
    const entries = new Map<number, TimelineEntry[]>();
    for (const { job, entry } of database.prepare('SELECT job, entry FROM timeline ORDER BY id').all()) {
      const list = entries.get(Number(job)) ?? [];
      list.push(JSON.parse(String(entry)));
      entries.set(Number(job), list);
    }
    return database
      .prepare('SELECT id, name, state FROM jobs ORDER BY id')
      .all()
      .map(({ id, name, state }) => ({
        id: Number(id),
        name: String(name),
        state: String(state) as StateName,
        timeline: entries.get(Number(id)) ?? [],
      }));
  } catch (error) {
    // Killed before the tables were made.
    if (error instanceof Error && error.message.includes('no such table')) return [];
    throw error;
  } finally {
    database.close();
  }
}
