import { Worker } from 'node:worker_threads';
import type { DemoAddress } from './address.ts';
import { connectDemo, type DemoControl } from './find.ts';
import type { DemoOptions } from './options.ts';
import { DemoAlreadyRunning } from './service.ts';

/** What the thread says once, when it is up or has given up. */
export type WorkerReport =
  | { readonly kind: 'started'; readonly notice: string | null }
  | { readonly kind: 'running'; readonly address: DemoAddress }
  | { readonly kind: 'failed'; readonly message: string };

/** Everything but live objects: a clock cannot cross into a thread. */
export type WorkerDemoOptions = Omit<DemoOptions, 'clock'>;

export interface WorkerDemo extends DemoControl {
  /** See DemoService. */
  readonly notice: string | null;
  /** Resolves when the thread is gone, wanted or not. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** Like startDemo, in a worker thread. */
export async function startDemoInWorker(options: WorkerDemoOptions): Promise<WorkerDemo> {
  const file = import.meta.url.endsWith('.ts') ? './demo-worker.ts' : './demo-worker.js';
  const worker = new Worker(new URL(file, import.meta.url), { workerData: options });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const report = await new Promise<WorkerReport>((resolve) => {
    worker.once('message', resolve);
    worker.on('error', (error) =>
      resolve({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
    worker.once('exit', (code) =>
      resolve({ kind: 'failed', message: `The thread ended with code ${code}.` }),
    );
  });
  const control = report.kind === 'started' ? await connectDemo(options.directory) : null;
  if (control === null || report.kind !== 'started') {
    await worker.terminate();
    if (report.kind === 'running') throw new DemoAlreadyRunning(report.address);
    throw new Error(
      report.kind === 'failed' ? report.message : 'The demo service started and does not answer.',
    );
  }
  return {
    ...control,
    notice: report.notice,
    ended,
    async close() {
      worker.postMessage('close');
      await ended;
    },
  };
}
