/** Windows in a browser, on whichever engine this process has: its own, or the one that runs elsewhere. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Inbox, openInbox } from '#inbox';
import type { EngineConnection } from '#ipc';
import { createThumbnails, type Thumbnails } from '#thumbnails';
import type { Surroundings } from '../surroundings.ts';
import { createAccess } from './access.ts';
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

interface Running {
  readonly server: WindowServer;
  readonly thumbnails: Thumbnails;
  readonly inbox: Inbox;
}

export function createBrowserHost(options: BrowserHostOptions): BrowserHost {
  const { surroundings, say, onBug } = options;
  const { clock } = surroundings;
  let running: Promise<Running> | null = null;

  /** With the first engine: only then is it sure that the data directory is there and ours. */
  async function start(): Promise<Running> {
    const kept = await keepAccess(options.dataDir);
    const access = createAccess(kept.secret, clock);
    const { dataDir, freeBytes } = options;
    const inbox = await openInbox({
      dataDir,
      platform: surroundings.platform,
      clock,
      ...(freeBytes === undefined ? {} : { freeBytes }),
    });
    const thumbnails = createThumbnails({ dataDir: options.dataDir, clock });
    const wanted = options.port ?? kept.port;
    const server = await openWindowServer({
      access,
      clock,
      ports: wanted === 0 ? [] : [wanted, ...Array.from({ length: spareTries }, randomPort)],
      files: staticFiles(options.rendererDir),
      inbox: inbox.receiving,
      thumbnail: thumbnails.get,
      onNewAddress: (address) => say(texts.freshAddress(address)),
      onBug,
    });
    if (wanted !== 0 && server.port !== wanted) say(texts.portTaken(wanted, server.port));
    if (!existsSync(join(options.rendererDir, 'index.html'))) say(texts.notBuilt);
    say(texts.openThis(server.address()));
    options.onAddress(server.address());
    return { server, thumbnails, inbox };
  }

  return {
    async join(connection) {
      running ??= start();
      const own = await running;
      const tidier = own.inbox.tidy({
        api: connection.api,
        thumbnail: own.thumbnails.get,
        onBug: (_what, error) => onBug(error),
      });
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
