import { parentPort } from 'node:worker_threads';
import type { CallMessage, WorkerEvent, WorkerMessage } from './protocol.ts';
import { codeOf } from './walk.ts';

/** A table of calls, each of which may also answer later. */
export type Answers<Calls> = {
  readonly [N in keyof Calls]: Calls[N] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Result | Promise<Awaited<Result>>
    : never;
};

/** Answers the calls that come to this worker thread, and hands back a way to tell what nobody asked. */
export function serveCalls<Calls>(calls: Answers<Calls>): (event: WorkerEvent) => void {
  const port = parentPort;
  if (port === null) throw new Error('This file runs as a worker thread.');
  const post = (message: WorkerMessage) => port.postMessage(message);

  async function answer(message: CallMessage): Promise<void> {
    try {
      // The caller is our own client, which is typed by the same table.
      const call = calls[message.name as keyof Calls] as (...args: readonly unknown[]) => unknown;
      post({ id: message.id, result: await call(...message.args) });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      post({ id: message.id, error: { message: text, code: codeOf(error) } });
    }
  }

  port.on('message', (message: CallMessage) => void answer(message));
  return post;
}
