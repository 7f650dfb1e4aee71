/**
 * What a sandboxed preload script finds: `require('electron')` with the renderer's half, and next to nothing else. Made
 * one script by `bundle.ts`, and run in a page before its own scripts.
 */
import { decode, encode } from '../values.ts';
import { copyAcross, freezeAll } from './context-bridge.ts';

/** A message on its way to the test, which carries it to the app's process. */
export type FromPage =
  | { readonly kind: 'begin' | 'moved'; readonly url: string }
  | { readonly kind: 'next' }
  | { readonly kind: 'title'; readonly title: string }
  | {
      readonly kind: 'send' | 'invoke';
      readonly url: string;
      readonly channel: string;
      readonly args: string;
    }
  | { readonly kind: 'preload-failed'; readonly message: string };

/** A message of the app, or files that the test is about to give. */
export type ToPage =
  | { readonly kind: 'message'; readonly channel: string; readonly args: string }
  | { readonly kind: 'given'; readonly files: readonly GivenFile[] };

/** What the test's end of the binding answers. */
export type Answered =
  | { readonly ok: true; readonly value: string | null }
  | { readonly ok: false; readonly message: string };

/** A file that the system gave: what the page sees of it, and where it lies. */
export interface GivenFile {
  readonly name: string;
  readonly size: number;
  readonly lastModified: number;
  readonly path: string;
}

export interface PreloadWorld {
  /** The binding to the test; only this script has it. */
  readonly tell: (message: FromPage) => Promise<Answered>;
  readonly platform: string;
}

type Listener = (event: object, ...args: unknown[]) => void;
type PreloadScript = (
  require: (name: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
  process: object,
) => void;

export function runPreload(world: PreloadWorld, script: PreloadScript): void {
  /** Told by the test before it drops files. */
  const given: GivenFile[] = [];
  const ipc = createIpcRenderer(world.tell, (files) => given.push(...files));
  const electron = {
    contextBridge: {
      exposeInMainWorld(key: string, api: unknown) {
        if (key in window) throw new Error(`Cannot bind an API on top of an existing property: ${key}`);
        Object.defineProperty(window, key, { value: freezeAll(copyAcross(api)), enumerable: true });
      },
    },
    ipcRenderer: ipc.part,
    webUtils: { getPathForFile: (file: unknown) => pathOf(file, given) },
  };
  const require = (name: string) => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`);
    return guard('electron', electron);
  };
  const module = { exports: {} };
  void world.tell({ kind: 'begin', url: location.href }).then(() => ipc.listen());
  addEventListener('hashchange', () => void world.tell({ kind: 'moved', url: location.href }));
  addEventListener('DOMContentLoaded', () => tellTitles(world.tell));
  try {
    script(require, module, module.exports, {
      type: 'renderer',
      platform: world.platform,
      sandboxed: true,
      contextIsolated: true,
      versions: { electron: '45.4.1' },
    });
  } catch (error) {
    // As in Electron, the page goes on without it.
    reportError(error);
    void world.tell({ kind: 'preload-failed', message: String(error) });
  }
}

function tellTitles(tell: PreloadWorld['tell']): void {
  let told = '';
  const look = () => {
    if (document.title === told) return;
    told = document.title;
    void tell({ kind: 'title', title: told });
  };
  new MutationObserver(look).observe(document.head, { childList: true, subtree: true, characterData: true });
  look();
}

/** Members that the stand-in lacks throw, and say so. */
function guard<T extends object>(name: string, part: T): T {
  return new Proxy(part, {
    get(target, key) {
      if (typeof key === 'symbol' || key === '__esModule' || key === 'then') return Reflect.get(target, key);
      if (!(key in target))
        throw new Error(`The stand-in for Electron lacks ${name}.${key} in a preload script.`);
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'object' && value !== null ? guard(`${name}.${key}`, value) : value;
    },
  });
}

function createIpcRenderer(tell: PreloadWorld['tell'], take: (files: readonly GivenFile[]) => void) {
  const listeners = new Map<string, Set<Listener>>();
  const of = (channel: string) => listeners.get(channel) ?? new Set();

  async function ask(channel: string, args: readonly unknown[]): Promise<unknown> {
    const answer = await tell({ kind: 'invoke', url: location.href, channel, args: encode(args) });
    if (answer.ok) return answer.value === null ? undefined : decode(answer.value);
    throw new Error(`Error invoking remote method '${channel}': ${answer.message}`);
  }

  const part = {
    // `encode` throws before anything is sent, and at once, as the real ones do.
    send: (channel: string, ...args: unknown[]) =>
      void tell({ kind: 'send', url: location.href, channel, args: encode(args) }),
    invoke: (channel: string, ...args: unknown[]) => ask(channel, args),
    on(channel: string, listener: Listener) {
      listeners.set(channel, of(channel).add(listener));
      return part;
    },
    once(channel: string, listener: Listener) {
      const one: Listener = (event, ...args) => {
        part.off(channel, one);
        listener(event, ...args);
      };
      return part.on(channel, one);
    },
    off(channel: string, listener: Listener) {
      of(channel).delete(listener);
      return part;
    },
    removeListener: (channel: string, listener: Listener) => part.off(channel, listener),
    removeAllListeners(channel: string) {
      listeners.delete(channel);
      return part;
    },
  };

  /** Takes what the app sends, one after the other, as long as this document lives. */
  async function listen(): Promise<void> {
    for (;;) {
      const answer = await tell({ kind: 'next' });
      if (!answer.ok) return;
      for (const message of JSON.parse(answer.value ?? '[]') as readonly ToPage[]) {
        if (message.kind === 'given') take(message.files);
        else {
          const args = decode(message.args) as readonly unknown[];
          for (const listener of [...of(message.channel)]) deliver(listener, args);
        }
      }
    }
  }

  /** What a listener throws is the page's error; the others hear the message all the same. */
  function deliver(listener: Listener, args: readonly unknown[]): void {
    try {
      listener({ sender: part, ports: [] }, ...args);
    } catch (error) {
      reportError(error);
    }
  }

  return { part, listen };
}

/** Only files that the system gave have a path; what a page made itself has none. */
function pathOf(file: unknown, given: readonly GivenFile[]): string {
  if (!(file instanceof File)) throw new TypeError("Failed to get path for file: not a 'File'");
  const { name, size, lastModified } = file;
  const found = given.filter(
    (known) => known.name === name && known.size === size && known.lastModified === lastModified,
  );
  if (found.length > 1) {
    throw new Error(`The test gave two files that look the same to a page: ${found.map(({ path }) => path)}`);
  }
  return found[0]?.path ?? '';
}
