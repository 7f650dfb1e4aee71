/** Everything that can be written, as functions that run inside a transaction which somebody else begins and ends. */
import type { DatabaseSync } from 'node:sqlite';
import { isTerminal, type StateName, stateNames } from '#shared/job.ts';
import { type Decision, decide, decideGroup, type KnownJob } from './enqueuing.ts';
import { at } from './job-columns.ts';
import { JobWriter, type WriteContext } from './job-writer.ts';
import { NameWriter } from './names.ts';
import { nameRow, selectJobs } from './read-jobs.ts';
import { Sequence } from './sequence.ts';
import { shelfOfState } from './shelf.ts';
import { prepareQuery } from './statement.ts';
import { Tallies } from './tallies.ts';
import { createWatchFileWriter } from './watch-file-writer.ts';
import { decodeWatched } from './watched-rows.ts';
import type { Row, WireEnqueued, WireNewJob, WriteCalls } from './wire.ts';

export interface Writer {
  readonly calls: WriteCalls;
  /** Writes what was gathered for the whole transaction. */
  beforeCommit(): void;
  /** Forgets what a rollback undid. */
  afterRollback(): void;
}

export function createWriter(database: DatabaseSync): Writer {
  const context: WriteContext = {
    database,
    names: new NameWriter(database),
    tallies: new Tallies(database),
    sequence: new Sequence(database),
  };
  const jobs = new JobWriter(context);
  const watchFiles = createWatchFileWriter(context);
  const enqueue = createEnqueue(context, jobs);

  const stateOf = prepareQuery(database, 'SELECT state FROM jobs WHERE id = ?');
  const setSha = database.prepare('UPDATE jobs SET sha256 = ?, revision = ? WHERE id = ?');
  const putHold = database.prepare('INSERT OR REPLACE INTO holds VALUES (?, ?, ?, ?)');
  const dropHold = database.prepare('DELETE FROM holds WHERE destination = ?');
  const putFacts = database.prepare('INSERT OR REPLACE INTO facts VALUES (?, ?)');
  const completedBefore = prepareQuery(
    database,
    `SELECT id FROM jobs INDEXED BY jobs_by_completed
     WHERE shelf = ${shelfOfState.completed} AND completed_at < ? ORDER BY completed_at LIMIT ?`,
  );
  // The oldest entries have the lowest ids, so this stops at the first that is young enough.
  const oldEntries = prepareQuery(database, 'SELECT id, at FROM timeline ORDER BY id LIMIT ?');
  const dropEntries = database.prepare('DELETE FROM timeline WHERE id <= ?');

  const calls: WriteCalls = {
    enqueue,
    enqueueWatched(now, watched) {
      const pairs = watched.map(decodeWatched);
      const results = enqueue(
        now,
        pairs.map(({ job }) => job),
      );
      pairs.forEach(({ file }, index) => {
        const result = results[index];
        watchFiles.putJob(file, result === undefined ? null : idOf(result));
      });
      return results;
    },
    save: (changes) => jobs.save(changes),
    remove(ids) {
      const terminal = ids.filter((id) => isRemovable(stateOf.get(id)?.[0]));
      return terminal.filter((id) => jobs.remove(id)).length;
    },
    setSha256(id, sha256) {
      setSha.run(sha256, context.sequence.nextRevision(), id);
    },
    setHold(destinationId, hold) {
      if (hold === null) dropHold.run(destinationId);
      else putHold.run(destinationId, hold.kind, hold.until, hold.failure);
    },
    setFacts: ({ destinationId, facts }) => void putFacts.run(destinationId, facts),
    saveWatchFiles: (put, remove) => watchFiles.save(put, remove),
    forgetFolder: (folderId, limit) => watchFiles.forget(folderId, limit),
    removeCompleted(before, limit) {
      const ids = completedBefore.all(before, limit).map(([id]) => Number(id));
      return ids.filter((id) => jobs.remove(id)).length;
    },
    trimTimelines(before, limit) {
      const entries = oldEntries.all(limit);
      const firstYoung = entries.findIndex(([, time]) => Number(time) >= before);
      const old = firstYoung === -1 ? entries : entries.slice(0, firstYoung);
      const last = old.at(-1);
      if (last !== undefined) dropEntries.run(Number(last[0]));
      return old.length;
    },
  };

  return {
    calls,
    beforeCommit() {
      context.tallies.write();
      context.sequence.write();
    },
    afterRollback() {
      context.names.forget();
      context.tallies.forget();
      context.sequence.reload();
    },
  };
}

function createEnqueue(context: WriteContext, jobs: JobWriter): WriteCalls['enqueue'] {
  const { database, names } = context;
  const ofPath = prepareQuery(
    database,
    `SELECT id, state, size_bytes, mtime_ns, inode, generation, link_expires_at, group_id
     FROM jobs INDEXED BY jobs_identity
     WHERE path = ? AND destination = ? AND edge = ?`,
  );
  const whole = prepareQuery(database, `${selectJobs} WHERE id = ?`);
  const countGroup = prepareQuery(
    database,
    'SELECT count(*) FROM jobs INDEXED BY jobs_of_group WHERE group_id = ?',
  );
  const sizeOfGroup = (groupId: string) => Number(countGroup.get(groupId)?.[0]);

  function knownOf(row: Row, destination: number): readonly KnownJob[] {
    return ofPath
      .all(row[at.path] ?? '', destination, row[at.edge] ?? '')
      .map(([id, state, sizeBytes, mtimeNs, inode, generation, linkExpiresAt, groupId]) => ({
        id: Number(id),
        state: state as StateName,
        isSameVersion:
          sizeBytes === row[at.size_bytes] && mtimeNs === row[at.mtime_ns] && inode === row[at.inode],
        generation: Number(generation),
        groupId: typeof groupId === 'string' ? groupId : null,
        linkExpiresAt: typeof linkExpiresAt === 'number' ? linkExpiresAt : null,
      }))
      .sort((one, other) => other.id - one.id);
  }

  const knownOfFile = ([row]: WireNewJob) =>
    knownOf(row, names.numberOf('destination', String(row[at.destination])));

  function enqueueOne(now: number, [row, isForced, entries]: WireNewJob, ofGroup?: Decision): WireEnqueued {
    const destination = names.numberOf('destination', String(row[at.destination]));
    const known = knownOf(row, destination);
    const decision = ofGroup ?? decide(known, isForced, now);
    if (decision.outcome !== 'added') {
      return [decision.outcome, nameRow(whole.get(decision.id) ?? [], names)];
    }
    const next = known.reduce((highest, job) => Math.max(highest, job.generation), 0) + 1;
    const { id, revision, generation } = jobs.add(row, next, now, entries);
    return ['added', id, revision, generation];
  }

  /** By flow run: what becomes of its files, in their order. */
  function decideGroups(now: number, files: readonly WireNewJob[]): ReadonlyMap<string, Decision[]> {
    const grouped = files.filter(([row, isForced]) => !isForced && typeof row[at.group_id] === 'string');
    const groups = Map.groupBy(grouped, ([row]) => String(row[at.group_id]));
    return new Map(
      [...groups].map(([id, members]) => [id, [...decideGroup(members.map(knownOfFile), sizeOfGroup, now)]]),
    );
  }

  return (now, files) => {
    const groups = decideGroups(now, files);
    return files.map((file) => {
      const [row, isForced] = file;
      return enqueueOne(now, file, isForced ? undefined : groups.get(String(row[at.group_id]))?.shift());
    });
  };
}

const idOf = (result: WireEnqueued): number => (result[0] === 'added' ? result[1] : Number(result[1][at.id]));

const isRemovable = (state: unknown) => stateNames.some((name) => name === state && isTerminal(name));
