import { mkdir, realpath, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#ports/clock.ts';
import type { ReceiveOptions } from './receive-file.ts';
import { type InboxTidier, type TidyOptions, tidyInbox } from './tidy-inbox.ts';

/** The folder of a data directory in which files lie that came without a path of their own. */
export interface Inbox {
  readonly receiving: ReceiveOptions;
  /** Takes files away when nothing needs them, as long as this engine is there. Looks at all of them at once. */
  tidy(options: Omit<TidyOptions, 'inboxDir' | 'clock'>): InboxTidier;
}

export interface InboxOptions {
  readonly dataDir: string;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  /** Free bytes where a directory is. */
  readonly freeBytes?: (directory: string) => Promise<number>;
}

/** The data directory must be there, and ours. */
export async function openInbox({ dataDir, platform, clock, freeBytes }: InboxOptions): Promise<Inbox> {
  const directory = join(dataDir, 'inbox');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  // As jobs will name it: their paths are resolved.
  const inboxDir = await realpath(directory);
  return {
    receiving: { inboxDir, platform, freeBytes: freeBytes ?? freeBytesAt, now: () => clock.now() },
    tidy(options) {
      const tidier = tidyInbox({ ...options, inboxDir, clock });
      void tidier.sweep();
      return tidier;
    },
  };
}

async function freeBytesAt(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
