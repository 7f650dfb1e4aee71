import type { DemoAddress } from './address.ts';
import { findDemo } from './find.ts';
import type { DemoOptions } from './options.ts';
import { DemoAlreadyRunning, type DemoService, startDemo } from './service.ts';

/** A demo service to use, whoever runs it. */
export interface OpenedDemo<S> {
  readonly address: DemoAddress;
  /** Ours to set up and to end; null: another process or thread runs it. */
  readonly service: S | null;
  /** Ends it only if it is ours. */
  close(): Promise<void>;
}

interface Startable {
  readonly address: DemoAddress;
  close(): Promise<void>;
}

/** Uses the one that runs on the directory, else starts it here. */
export function openDemo(options: DemoOptions): Promise<OpenedDemo<DemoService>> {
  return openDemoWith(options, startDemo);
}

/** The same with another way to start it (startDemoInWorker). */
export async function openDemoWith<O extends { readonly directory: string }, S extends Startable>(
  options: O,
  start: (options: O) => Promise<S>,
): Promise<OpenedDemo<S>> {
  const running = await findDemo(options.directory);
  if (running !== null) return foreign(running);
  try {
    const service = await start(options);
    return { address: service.address, service, close: () => service.close() };
  } catch (error) {
    // Somebody was faster between the look and the start.
    if (error instanceof DemoAlreadyRunning) return foreign(error.address);
    throw error;
  }
}

function foreign(address: DemoAddress): OpenedDemo<never> {
  return { address, service: null, close: () => Promise.resolve() };
}
