/** Windows in a browser, on whichever engine this process has: its own, or the one that runs elsewhere. */
import { existsSync } from 'node:fs';
import { mkdir, realpath, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineConnection } from '#ipc';
import { createThumbnails, type Thumbnails } from '#thumbnails';
import type { Surroundings } from '../surroundings.ts';
import { createAccess } from './access.ts';
import { type InboxTidier, tidyInbox } from './inbox/tidy-inbox.ts';
import { keepAccess, randomPort } from './kept-access.ts';
import { staticFiles } from './static-files.ts';
import * as texts from './texts.ts';
import { openWindowServer, type WindowServer } from './window-server.ts';

export interface BrowserHost {
  /** Serves windows on this engine, until the function that it answers is called. */
  join(connection: EngineConnection): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export interface BrowserHostOptions {
  readonly dataDir: string;
  readonly surroundings: Pick<Surroundings, 'clock' | 'platform'>;
  readonly rendererDir: string;
  /** Null: the one that is kept. 0: any. */
  readonly port: number | null;
  readonly say: (line: string) => void;
  /** Called once, with the first address. */
  readonly onAddress: (address: string) => void;
  readonly onBug: (error: unknown) => void;
  /** Free bytes where a directory is. */
  readonly freeBytes?: (directory: string) => Promise<number>;
}

/** As many other ports are tried before the system chooses one. */
const spareTries = 8;

async function freeBytesAt(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

interface Running {
  readonly server: WindowServer;
  readonly thumbnails: Thumbnails;
  readonly inboxDir: string;
}

export function createBrowserHost(options: BrowserHostOptions): BrowserHost {
  const { surroundings, say, onBug } = options;
  const { clock } = surroundings;
  let running: Promise<Running> | null = null;

  /** With the first engine: only then is it sure that the data directory is there and ours. */
  async function start(): Promise<Running> {
    const kept = await keepAccess(options.dataDir);
    const access = createAccess(kept.secret, clock);
    const directory = join(options.dataDir, 'inbox');
    await mkdir(directory, { recursive: true, mode: 0o700 });
    // As jobs will name it: their paths are resolved.
    const inboxDir = await realpath(directory);
    const thumbnails = createThumbnails({ dataDir: options.dataDir, clock });
    const wanted = options.port ?? kept.port;
    const server = await openWindowServer({
      access,
      clock,
      ports: wanted === 0 ? [] : [wanted, ...Array.from({ length: spareTries }, randomPort)],
      files: staticFiles(options.rendererDir),
      inbox: {
        inboxDir,
        platform: surroundings.platform,
        freeBytes: options.freeBytes ?? freeBytesAt,
        now: () => clock.now(),
      },
      thumbnail: thumbnails.get,
      onNewAddress: (address) => say(texts.freshAddress(address)),
      onBug,
    });
    if (wanted !== 0 && server.port !== wanted) say(texts.portTaken(wanted, server.port));
    if (!existsSync(join(options.rendererDir, 'index.html'))) say(texts.notBuilt);
    say(texts.openThis(server.address()));
    options.onAddress(server.address());
    return { server, thumbnails, inboxDir };
  }

  const tidy = ({ inboxDir, thumbnails }: Running, { api }: EngineConnection): InboxTidier =>
    tidyInbox({
      inboxDir,
      api,
      clock,
      onBug,
      // The list goes on showing a file that is up, though the file itself is gone.
      async beforeRemoval(path) {
        await thumbnails.get(path, 64);
        await thumbnails.get(path, 512);
      },
    });

  return {
    async join(connection) {
      running ??= start();
      const own = await running;
      const tidier = tidy(own, connection);
      void tidier.sweep();
      own.server.attach(connection);
      return async () => {
        await own.server.detach();
        await tidier.close();
      };
    },
    async close() {
      // Where it could not start, whoever started it has heard why.
      const own = await running?.catch(() => null);
      await own?.server.close();
      await own?.thumbnails.close();
    },
  };
}
