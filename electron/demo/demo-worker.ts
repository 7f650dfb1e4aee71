/** The demo service in a thread of its own, so that its disk and its hashing block nobody else's loop. */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerReport } from './in-worker.ts';
import type { DemoOptions } from './options.ts';
import { DemoAlreadyRunning, type DemoService, startDemo } from './service.ts';

const port = parentPort;
if (port === null) throw new Error('The demo worker runs in a worker thread only.');
const report = (message: WorkerReport) => port.postMessage(message);

let service: DemoService | null = null;
port.once('message', async () => {
  await service?.close();
  port.close();
});

try {
  service = await startDemo(workerData as DemoOptions);
  report({ kind: 'started', notice: service.notice });
} catch (error) {
  if (error instanceof DemoAlreadyRunning) report({ kind: 'running', address: error.address });
  else report({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  port.close();
}
