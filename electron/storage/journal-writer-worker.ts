/** The thread that owns the only writing connection. */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { condemnDamaged } from './database-files.ts';
import { injectFaults } from './fault-injection.ts';
import type { JournalFaults } from './faults.ts';
import { GroupCommit } from './group-commit.ts';
import { createLogLimit, freeBytesOf } from './log-limit.ts';
import { openDatabase } from './open-database.ts';
import { describeError, type StorageFailure } from './sqlite-error.ts';
import type { FromWorker, ToWorker } from './wire.ts';
import { createWriter, type Writer } from './writer.ts';

export interface WriterOptions {
  readonly directory: string;
  readonly now: number;
  readonly isReopening: boolean;
  readonly faults: JournalFaults;
}

const port = parentPort;
if (port === null) throw new Error('This file runs in a worker thread.');
const options = workerData as WriterOptions;
const { directory } = options;
const tell = (message: FromWorker<unknown>) => port.postMessage(message);

try {
  run();
} catch (error) {
  tell({ kind: 'unready', failure: describeError(error, directory) });
  process.exit(0);
}

function run(): void {
  let writer: Writer | null = null;
  const { database, report } = openDatabase(
    { ...options, maxPages: options.faults.maxPages ?? null },
    (opened) => {
      writer = createWriter(injectFaults(opened, options.faults));
    },
  );
  if (writer === null) throw new Error('The database was not proven.');
  const group = new GroupCommit({
    database,
    writer,
    directory,
    answer: (answers) => tell({ kind: 'answers', answers }),
  });

  const logLimit = createLogLimit(database, () => freeBytesOf(directory));

  function take(message: ToWorker): 'commit' | 'wait' {
    if (message.kind === 'calls') {
      const fatal = group.take(message.calls);
      if (fatal !== null) stop(fatal);
      return message.isMore ? 'wait' : 'commit';
    }
    commit();
    if (message.kind === 'checkpoint') database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    if (message.kind === 'close') close();
    return 'commit';
  }

  function commit(): void {
    const fatal = group.commit();
    if (fatal !== null) stop(fatal);
    logLimit.committed();
  }

  /** The connection is in doubt: the journal starts another thread, which opens a new one. */
  function stop(failure: StorageFailure): never {
    if (failure.isDamage) {
      condemnDamaged(directory, failure.message);
    }
    process.exit(1);
  }

  function close(): never {
    database.exec('UPDATE journal SET is_clean = 1; PRAGMA wal_checkpoint(TRUNCATE);');
    database.close();
    process.exit(0);
  }

  port?.on('message', (first: ToWorker) => {
    let next = take(first);
    for (let more = receiveMessageOnPort(port); more !== undefined; more = receiveMessageOnPort(port)) {
      next = take(more.message as ToWorker);
    }
    if (next === 'commit') commit();
  });
  tell({ kind: 'ready', report });
}
