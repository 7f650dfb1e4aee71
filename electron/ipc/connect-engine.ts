import { tmpdir } from 'node:os';
import type { Clock } from '#ports/clock.ts';
import type { EngineService } from '#ports/engine-service.ts';
import type { Api } from '#shared/ipc.ts';
import { connectSocket, NoEngineError } from './connect-socket.ts';
import type { BugReporter } from './dispatch.ts';
import { localApi } from './local-api.ts';
import { openRemoteSession } from './remote-session.ts';
import { serveSocket } from './serve-socket.ts';
import type { OpenSession } from './serve-web-socket.ts';
import { createSession } from './session.ts';
import { socketPath } from './socket-path.ts';
import { removeLeftTemporaryFolders } from './temporary-folders.ts';

export interface EngineConnection {
  readonly api: Api;
  /** This process runs the engine; false: it talks to the one that runs. */
  readonly isOwner: boolean;
  /** Resolves when the engine is gone without our `close`: its process ended, or somebody asked it to shut down. */
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  /** For a host that serves clients of its own (windows): a session for each. */
  readonly openSession: OpenSession;
  /** The owner stops the engine; a client only hangs up. May be called again. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** Absolute. */
  readonly dataDir: string;
  /** Opens the engine of this directory, or says that another process has it. */
  readonly open: () => Promise<EngineService | 'locked'>;
  readonly clock: Clock;
  /** False for a command that is over in a moment: nobody should come to rely on its engine. */
  readonly isServed?: boolean;
  readonly onBug?: BugReporter;
  /** How long to wait for an engine that is just starting or ending. */
  readonly patienceMs?: number;
}

/** The directory is in use by a process that does not answer. */
export class EngineBusyError extends Error {
  override readonly name = 'EngineBusyError';
  readonly dataDir: string;

  constructor(dataDir: string) {
    super(`Another process uses ${dataDir}, but it does not answer.`);
    this.dataDir = dataDir;
  }
}

const defaultPatienceMs = 10_000;
const pauseBetweenTriesMs = 100;

/**
 * Becomes the owner of a data directory and serves its socket, or talks to the engine that runs there. An owner that is
 * just starting holds the lock before it listens, and one that ends stops listening before it frees the lock: both are
 * tried again until the patience is over. Rejects with EngineBusyError, OtherVersionError, or what `open` rejects with.
 */
export async function connectEngine(options: ConnectOptions): Promise<EngineConnection> {
  const { clock, patienceMs = defaultPatienceMs } = options;
  const place = { platform: process.platform, tmpDir: tmpdir(), uid: process.getuid?.() ?? null };
  const startedAt = clock.monotonic();
  for (;;) {
    const path = socketPath(options.dataDir, place);
    const client = await tryClient(path, clock);
    if (client !== null) return client;
    const service = await options.open();
    // The directory may only exist now, and with it its real name.
    if (service !== 'locked') return own(service, socketPath(options.dataDir, place), options);
    if (clock.monotonic() - startedAt >= patienceMs) {
      throw new EngineBusyError(options.dataDir);
    }
    await new Promise<void>((resolve) => clock.setTimer(pauseBetweenTriesMs, resolve));
  }
}

async function tryClient(path: string, clock: Clock): Promise<EngineConnection | null> {
  try {
    const api = await connectSocket(path, clock);
    return track({
      api,
      isOwner: false,
      ended: api.closed,
      openSession: (send) => openRemoteSession(path, clock, send),
      close: () => api.close(),
    });
  } catch (error) {
    if (error instanceof NoEngineError) return null;
    throw error;
  }
}

async function own(service: EngineService, path: string, options: ConnectOptions): Promise<EngineConnection> {
  const { clock, isServed = true } = options;
  const asked = Promise.withResolvers<void>();
  const session = {
    shutdown: () => asked.resolve(),
    ...(options.onBug === undefined ? {} : { onBug: options.onBug }),
  };
  const api = localApi(service, clock, session);
  try {
    await removeLeftTemporaryFolders(service);
    const server = isServed ? await serveSocket({ service, clock, path, ...session }) : null;
    return track({
      api,
      isOwner: true,
      ended: asked.promise,
      openSession: async (send) => createSession(service, clock, send, session),
      async close() {
        // First no more clients, then the engine: whoever finds the socket gone may still find the lock taken.
        await server?.close();
        await api.close();
        await service.close();
      },
    });
  } catch (error) {
    await api.close();
    await service.close();
    throw error;
  }
}

/** Remembers the end, and closes once. */
function track(connection: Omit<EngineConnection, 'hasEnded'>): EngineConnection {
  let hasEnded = false;
  let closing: Promise<void> | null = null;
  void connection.ended.then(() => {
    hasEnded = true;
  });
  return {
    ...connection,
    hasEnded: () => hasEnded,
    close() {
      closing ??= connection.close();
      return closing;
    },
  };
}
