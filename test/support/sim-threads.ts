/**
 * The real journal's writer and readers over its real file, without their threads: what is asked travels in the time of
 * the world, so that a seed decides what meets what.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { WatchFile } from '#ports/journal.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import { UploadError } from '#ports/upload-error.ts';
import { openForReading } from '../../electron/storage/connection.ts';
import { databaseFile } from '../../electron/storage/database-files.ts';
import { GroupCommit } from '../../electron/storage/group-commit.ts';
import type { JobRows } from '../../electron/storage/job-row.ts';
import { createListReader } from '../../electron/storage/list-reader.ts';
import { createLookupReader } from '../../electron/storage/lookup-reader.ts';
import { openDatabase } from '../../electron/storage/open-database.ts';
import { type StorageFailure, toUploadError } from '../../electron/storage/sqlite-error.ts';
import type { CallMap, ListCalls, LookupCalls, WireAnswer, WriteCalls } from '../../electron/storage/wire.ts';
import type { Callable } from '../../electron/storage/worker-link.ts';
import { createWriter, type Writer } from '../../electron/storage/writer.ts';
import type { SimProcess, SimTime } from './sim-time.ts';

export interface ThreadParts {
  readonly directory: string;
  readonly rows: JobRows;
  readonly time: SimTime;
  readonly process: SimProcess;
  /** How long a message travels. */
  readonly passMs: () => number;
  /** Puts something between the journal and its database. */
  readonly guardWrites: (database: DatabaseSync) => DatabaseSync;
  readonly guardReads: (database: DatabaseSync) => DatabaseSync;
  /** A write has reached the thread; false: the process died with it on its way. */
  readonly onWrite: (call: string) => { readonly number: number; readonly goesOn: boolean };
  readonly onCommitted: (writes: readonly { readonly number: number; readonly call: string }[]) => void;
}

interface Asked {
  readonly call: string;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
  number: number;
}

const frameBytes = 24 + 4096;
const logHeaderBytes = 32;

const closed = () => new UploadError('internal', 'The journal is closed.');

export class SimThreads {
  readonly directory: string;
  readonly openedAs: string;
  readonly lists: ListCalls;
  readonly #lookups: LookupCalls;
  readonly writer: Callable<WriteCalls>;
  readonly lookup: Callable<LookupCalls>;
  readonly list: Callable<ListCalls>;
  /** How much of the log a process has heard to be on disk. A power cut may take what lies behind. */
  toldBytes = 0;
  isClosed = false;
  readonly #parts: ThreadParts;
  readonly #reading: DatabaseSync;
  readonly #asked = new Map<number, Asked>();
  #database: DatabaseSync;
  #group: GroupCommit;
  #answers: WireAnswer[] = [];
  #lastId = 0;
  #lastArrival = 0;
  #isCommitPlanned = false;

  constructor(parts: ThreadParts) {
    this.#parts = parts;
    this.directory = parts.directory;
    const opened = this.#open(false);
    this.openedAs = opened.report.openedAs;
    this.#database = opened.database;
    this.#group = opened.group;
    this.toldBytes = this.logBytes();
    this.#reading = openForReading(databaseFile(parts.directory));
    const reading = parts.guardReads(this.#reading);
    this.lists = createListReader(this.#reading);
    this.writer = { call: (name, ...args) => this.#write(name, args) };
    this.#lookups = createLookupReader(this.#reading);
    this.lookup = this.#reader(createLookupReader(reading));
    this.list = this.#reader(createListReader(reading));
  }

  /** The log up to its last commit, by the file format: its header and the frames of its pages. */
  logBytes(): number {
    const row = this.#database.prepare('PRAGMA wal_checkpoint(NOOP)').get();
    const frames = Number(row?.log ?? 0);
    return frames > 0 ? logHeaderBytes + frames * frameBytes : 0;
  }

  /** What was asked is done; the file is left as after a good end, or as it was where there is no room for that. */
  close(hasRoom: boolean): void {
    this.isClosed = true;
    this.#commit();
    this.#deliver();
    if (hasRoom) this.#database.exec('UPDATE journal SET is_clean = 1; PRAGMA wal_checkpoint(TRUNCATE);');
    this.drop();
  }

  /** The connections end; what was not committed is gone. */
  drop(): void {
    this.#reading.close();
    this.#database.close();
  }

  changesSince(revision: number): { readonly jobs: readonly StoredJob[]; readonly revision: number } {
    const { rows, revision: newest } = this.lists.changesSince(revision, 100_000);
    return { jobs: rows.map((row) => this.#parts.rows.decode(row)), revision: newest };
  }

  watchFiles(): readonly WatchFile[] {
    const folders = this.#reading.prepare("SELECT text FROM names WHERE kind = 'folder'").all();
    return folders.flatMap(({ text }) => this.#lookups.watchFiles(String(text), '', 100_000));
  }

  #open(isReopening: boolean) {
    const { directory, time, guardWrites } = this.#parts;
    const made: Writer[] = [];
    const { database, report } = openDatabase(
      { directory, now: time.wall, isReopening, maxPages: null },
      (opened) => made.push(createWriter(guardWrites(opened))),
    );
    const [writer] = made;
    if (writer === undefined) throw new Error('The database was opened without a proof.');
    const answer = (answers: readonly WireAnswer[]) => this.#answers.push(...answers);
    const group = new GroupCommit({ database, writer, directory, answer, now: () => time.elapsed });
    return { database, report, group };
  }

  #write(call: string, args: readonly unknown[]): Promise<never> {
    if (this.isClosed) return Promise.reject(closed());
    const { time, process, passMs } = this.#parts;
    const { promise, resolve, reject } = Promise.withResolvers<never>();
    this.#lastId += 1;
    const id = this.#lastId;
    this.#asked.set(id, { call, resolve, reject, number: 0 });
    // A port keeps the order of its messages.
    this.#lastArrival = Math.max(this.#lastArrival, time.elapsed + passMs());
    time.schedule(this.#lastArrival - time.elapsed, () => this.#arrive(id, args), process);
    return promise;
  }

  #arrive(id: number, args: readonly unknown[]): void {
    const asked = this.#asked.get(id);
    if (asked === undefined || this.isClosed) return;
    const { number, goesOn } = this.#parts.onWrite(asked.call);
    if (!goesOn) return;
    asked.number = number;
    const fatal = this.#group.take([[id, asked.call, args]]);
    if (fatal !== null) this.#reopen(fatal);
    else if (!this.#isCommitPlanned) this.#planCommit();
  }

  #planCommit(): void {
    this.#isCommitPlanned = true;
    const { time, process, passMs } = this.#parts;
    time.schedule(passMs(), () => this.#commitAndTell(), process);
  }

  #commitAndTell(): void {
    this.#isCommitPlanned = false;
    if (this.isClosed || !this.#commit()) return;
    const { time, process, passMs } = this.#parts;
    const toldBytes = this.logBytes();
    time.schedule(
      passMs(),
      () => {
        this.toldBytes = Math.max(this.toldBytes, toldBytes);
        this.#deliver();
      },
      process,
    );
  }

  /** False where the connection had to be opened anew. */
  #commit(): boolean {
    const before = this.#answers.length;
    const fatal = this.#group.commit();
    const written = this.#answers
      .slice(before)
      .filter(([, , failure]) => failure === undefined)
      .flatMap(([id]) => this.#asked.get(id) ?? []);
    this.#parts.onCommitted(written);
    if (fatal !== null) this.#reopen(fatal);
    return fatal === null;
  }

  #deliver(): void {
    const answers = this.#answers;
    this.#answers = [];
    for (const [id, value, failure] of answers) {
      const asked = this.#asked.get(id);
      this.#asked.delete(id);
      if (failure === undefined) asked?.resolve(value as never);
      else asked?.reject(toUploadError(failure));
    }
  }

  /** As when a writer's thread ends with its connection in doubt: the next one opens the file again. */
  #reopen(fatal: StorageFailure): void {
    this.#deliver();
    for (const { reject } of this.#asked.values()) reject(toUploadError(fatal));
    this.#asked.clear();
    this.#database.close();
    const { database, group } = this.#open(true);
    this.#database = database;
    this.#group = group;
  }

  #reader<Calls extends CallMap<Calls>>(calls: Calls): Callable<Calls> {
    const { time, process, passMs } = this.#parts;
    return {
      call: async (name, ...args) => {
        await time.wait(passMs(), process);
        if (this.isClosed) throw closed();
        const found = calls[name](...args) as never;
        await time.wait(passMs(), process);
        return found;
      },
    };
  }
}
