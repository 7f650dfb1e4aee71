/** A thread with a connection that only reads. One serves the scheduler, another the lists: neither waits for the other. */

import type { DatabaseSync } from 'node:sqlite';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { openForReading } from './connection.ts';
import { condemnDamaged, databaseFile } from './database-files.ts';
import { createListReader } from './list-reader.ts';
import { createLookupReader } from './lookup-reader.ts';
import { describeError } from './sqlite-error.ts';
import type { FromWorker, ToWorker, WireAnswer, WireCall } from './wire.ts';

export interface ReaderOptions {
  readonly directory: string;
  readonly role: 'lookup' | 'list';
}

type AnyCalls = Record<string, (...args: readonly unknown[]) => unknown>;

const port = parentPort;
if (port === null) throw new Error('This file runs in a worker thread.');
const { directory, role } = workerData as ReaderOptions;
const tell = (message: FromWorker<null>) => port.postMessage(message);

let database: DatabaseSync | null = null;
let calls: AnyCalls | null = null;

/** Opened with the first call: the thread may start before the database is ready. */
function open(): AnyCalls {
  if (calls !== null) return calls;
  database ??= openForReading(databaseFile(directory));
  const created = role === 'lookup' ? createLookupReader(database) : createListReader(database);
  calls = created as unknown as AnyCalls;
  return calls;
}

function run([id, name, args]: WireCall): WireAnswer {
  try {
    const call = open()[name];
    if (call === undefined) throw new Error(`No such call: ${name}`);
    return [id, call(...args)];
  } catch (error) {
    const failure = describeError(error, directory);
    if (failure.isDamage) {
      condemnDamaged(directory, failure.message);
    }
    return [id, null, failure];
  }
}

function take(message: ToWorker): void {
  if (message.kind === 'calls' && message.calls.length > 0) {
    tell({ kind: 'answers', answers: message.calls.map(run) });
  }
  if (message.kind === 'close') {
    database?.close();
    process.exit(0);
  }
}

port.on('message', (first: ToWorker) => {
  take(first);
  for (let more = receiveMessageOnPort(port); more !== undefined; more = receiveMessageOnPort(port)) {
    take(more.message as ToWorker);
  }
});
tell({ kind: 'ready', report: null });
