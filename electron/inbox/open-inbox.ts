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
  /** The same with one engine after the other. Returns its end. */
  keepTidy(engines: Engines, options: Omit<TidyOptions, 'inboxDir' | 'clock' | 'api'>): () => Promise<void>;
}

interface Engines {
  onConnection(listener: (connection: { readonly api: TidyOptions['api'] } | null) => void): () => void;
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
  const tidy: Inbox['tidy'] = (options) => {
    const tidier = tidyInbox({ ...options, inboxDir, clock });
    void tidier.sweep();
    return tidier;
  };
  return {
    receiving: { inboxDir, platform, freeBytes: freeBytes ?? freeBytesAt, now: () => clock.now() },
    tidy,
    keepTidy(engines, options) {
      let tidier: InboxTidier | null = null;
      let ends: Promise<void> = Promise.resolve();
      const leave = () => {
        const left = tidier;
        tidier = null;
        if (left !== null) ends = ends.then(() => left.close());
      };
      const stop = engines.onConnection((connection) => {
        leave();
        if (connection !== null) tidier = tidy({ ...options, api: connection.api });
      });
      return () => {
        stop();
        leave();
        return ends;
      };
    },
  };
}

async function freeBytesAt(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
