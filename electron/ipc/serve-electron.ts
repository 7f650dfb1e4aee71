/**
 * Serves the windows of the desktop: the contract as text messages, one session per page, and what only the host can do.
 * A window is not trusted: who sends is checked on every message, and everything that comes is parsed.
 */
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import { z } from 'zod';
import { UploadError } from '#ports/upload-error.ts';
import {
  channels,
  type HostAnswer,
  type HostRequestName,
  type HostRequests,
  hostRequestNames,
} from '#shared/desktop-bridge.ts';
import { type Failure, failure } from '#shared/failure.ts';
import { ContractError } from '#shared/ipc.ts';
import { requestArguments } from '#shared/ipc-arguments.ts';
import type { GivenFromOutside } from '#shared/window-host.ts';
import type { EngineConnection } from './connect-engine.ts';
import type { BugReporter } from './dispatch.ts';
import type { KeptEngine } from './keep-engine.ts';
import type { OpenSession } from './serve-web-socket.ts';
import { createWindowSession, type WindowSession } from './window-session.ts';

export interface ServeElectronOptions {
  readonly ipcMain: Pick<IpcMain, 'on' | 'handle'>;
  readonly engine: Pick<KeptEngine, 'onConnection'>;
  /** Whether this is what one of our windows shows. */
  readonly isOurs: (contents: WebContents) => boolean;
  /** The address of our own pages: "app://bundle". */
  readonly origin: string;
  /** What only the host can do, for one window. Throws UploadError or ContractError. */
  readonly hostFor: (contents: WebContents) => HostRequests;
  /** A session with the engine as this window may have it. */
  readonly openSession: (connection: EngineConnection, contents: WebContents) => OpenSession;
  readonly onBug: BugReporter;
}

/** Messages to a window. Those that come before its page listens wait for it. */
export interface ElectronIpc {
  command(contents: WebContents, id: string): void;
  goTo(contents: WebContents, at: string): void;
  given(contents: WebContents, given: GivenFromOutside): void;
  /** Ends all sessions. */
  close(): Promise<void>;
}

type AnyEvent = Pick<IpcMainEvent | IpcMainInvokeEvent, 'sender' | 'senderFrame'>;

export function serveElectron(options: ServeElectronOptions): ElectronIpc {
  const { ipcMain, onBug } = options;
  const sessions = new Map<WebContents, WindowSession>();
  /** What a page is to be told that does not listen yet. */
  const waiting = new WeakMap<WebContents, (() => void)[]>();

  /** Throws where the sender is not the page itself of one of our windows. */
  function check({ sender, senderFrame }: AnyEvent): WebContents {
    const isMainFrame =
      senderFrame !== null && senderFrame.frameTreeNodeId === sender.mainFrame.frameTreeNodeId;
    if (!isMainFrame || !options.isOurs(sender) || !isAt(senderFrame.url, options.origin)) {
      throw new Error('This sender is not one of our windows.');
    }
    return sender;
  }

  /** A message nobody answers: one that does not belong here is dropped, and told as a bug. */
  function onMessage(channel: string, take: (contents: WebContents, value: unknown) => void): void {
    ipcMain.on(channel, (event, value: unknown) => {
      try {
        take(check(event), value);
      } catch (error) {
        onBug(channel, error);
      }
    });
  }

  function begin(contents: WebContents): void {
    end(contents);
    const session = createWindowSession({
      contents,
      engine: options.engine,
      openSession: (connection) => options.openSession(connection, contents),
      onBug,
    });
    sessions.set(contents, session);
    void session.ended.then(() => {
      if (sessions.get(contents) === session) sessions.delete(contents);
    });
    for (const tell of waiting.get(contents) ?? []) tell();
    waiting.delete(contents);
  }

  const end = (contents: WebContents) => void sessions.get(contents)?.close();

  function push(contents: WebContents, channel: string, value: unknown): void {
    if (contents.isDestroyed()) return;
    if (sessions.has(contents)) contents.send(channel, value);
    else waiting.set(contents, [...(waiting.get(contents) ?? []), () => contents.send(channel, value)]);
  }

  onMessage(channels.hello, begin);
  onMessage(channels.message, (contents, text) => {
    sessions.get(contents)?.receive(z.string().parse(text));
  });
  onMessage(channels.taken, (contents, count) => {
    sessions.get(contents)?.taken(z.number().int().nonnegative().parse(count));
  });
  for (const name of hostRequestNames) serveRequest(name);

  function serveRequest<N extends HostRequestName>(name: N): void {
    ipcMain.handle(channels.request(name), (event, ...raw: readonly unknown[]) => {
      const host = options.hostFor(check(event));
      const args = hostArguments[name].parse(raw) as Parameters<HostRequests[N]>;
      const run = host[name] as (...args: readonly unknown[]) => Promise<unknown>;
      return answer(() => run(...args), name, onBug);
    });
  }

  return {
    command: (contents, id) => push(contents, channels.command, id),
    goTo: (contents, at) => push(contents, channels.goTo, at),
    given: (contents, given) => push(contents, channels.given, given),
    async close() {
      await Promise.all([...sessions.values()].map((session) => session.close()));
    },
  };
}

async function answer(
  run: () => Promise<unknown>,
  name: string,
  onBug: BugReporter,
): Promise<HostAnswer<unknown>> {
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    if (error instanceof UploadError || error instanceof ContractError) return refuse(error.failure);
    onBug(name, error);
    return refuse(failure('internal'));
  }
}

const refuse = (reason: Failure): HostAnswer<never> => ({ ok: false, failure: reason });

/** Node knows no origin of an address whose scheme is our own. */
function isAt(address: string, origin: string): boolean {
  const url = URL.parse(address);
  return url !== null && `${url.protocol}//${url.host}` === origin;
}

const id = z.string().min(1).max(64);
/** As many as one request of the contract takes. */
const mostFiles = 1_000_000;
const ids = z.array(id).max(mostFiles);
const jobId = z.number().int().positive();
const path = z.string().max(32_768);
/** More than windows ask about at once. */
const mostPaths = 1000;
const addOptions = requestArguments.addFiles.def.items[1];
/** Larger pieces than windows send them in. */
const longestChunkBytes = 4 * 1024 * 1024;

/** The arguments of every request to the host. One without an entry, or of another type, does not compile. */
const hostArguments = {
  takePaths: z.tuple([z.array(path).max(mostPaths)]),
  addGiven: z.tuple([ids, addOptions]),
  beginFile: z.tuple([
    z.strictObject({
      name: z.string().min(1).max(1024),
      sizeBytes: z.number().int().nonnegative(),
      lastModified: z.number().int(),
    }),
  ]),
  sendChunk: z.tuple([
    id,
    z.instanceof(Uint8Array).refine((chunk) => chunk.byteLength <= longestChunkBytes, 'Too long'),
  ]),
  endFile: z.tuple([id]),
  dropFile: z.tuple([id]),
  chooseFiles: z.tuple([z.enum(['files', 'folder'])]),
  chooseFolder: z.tuple([]),
  findFileOf: z.tuple([jobId]),
  showInFolder: z.tuple([jobId]),
  openLink: z.tuple([jobId, z.string().max(8192)]),
  copyText: z.tuple([z.string().max(16 * 1024 * 1024)]),
} as const satisfies { readonly [N in HostRequestName]: z.ZodType<Parameters<HostRequests[N]>> };
