/** A thread that plays batches of seeds until nobody sends any more. */
import { parentPort } from 'node:worker_threads';
import type { Batch } from './messages.ts';
import { playBatch } from './play-seed.ts';

const port = parentPort;
if (port === null) throw new Error('This file runs in a worker thread.');
port.on('message', async (batch: Batch) => {
  port.postMessage(await playBatch(batch));
});
