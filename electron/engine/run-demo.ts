/** Runs the demo service alone, for `hoist demo`. */
import { join } from 'node:path';
import { type DemoAddress, type DemoOptions, openDemo } from '#demo';
import { makeDirectory } from '#storage';

export { faultDescriptions as demoFaults, parseFaults as parseDemoFaults } from '#demo';

export interface DemoRun {
  readonly address: DemoAddress;
  /** False: it runs in another process already; nothing was started. */
  readonly isOwn: boolean;
  /** What a person should know of its start. */
  readonly notice: string | null;
  close(): Promise<void>;
}

export async function runDemo(dataDir: string, options: Omit<DemoOptions, 'directory'>): Promise<DemoRun> {
  const directory = join(dataDir, 'demo');
  // The data directory first: if it cannot be, that is what the failure names.
  for (const level of [dataDir, directory]) makeDirectory(level);
  const { address, service, close } = await openDemo({ ...options, directory });
  return { address, isOwn: service !== null, notice: service?.notice ?? null, close };
}
