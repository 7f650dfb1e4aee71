import { createExchange, createPushHub, type Exchange } from '#shared/api-client.ts';
import type { DesktopBridge, HostAnswer } from '#shared/desktop-bridge.ts';
import { ContractError } from '#shared/ipc.ts';
import type { WindowHost } from '#shared/window-host.ts';
import { addOnDesktop } from './add-on-desktop.ts';
import { createEngineLink, type EngineLink } from './engine-link.ts';
import { takeFiles } from './take-files.ts';
import type { WindowSession } from './window-session.ts';

/** A window of the desktop app: the contract as messages to the main process, files by what that knows of them. */
export function openDesktopSession(bridge: DesktopBridge): WindowSession {
  const { api, onState } = connect(bridge);
  bridge.onGoTo((at) => {
    location.hash = at;
  });
  const host: WindowHost = {
    kind: 'desktop',
    addFiles: (files, options, onProgress = () => {}) => addOnDesktop(bridge, files, options, onProgress),
    takeFiles: async (files) => {
      const taken = await takeFiles(bridge, files);
      return files.map((file, index) => taken[index] ?? file);
    },
    thumbnailUrl: (id, size) => `/thumbnail/${id}?size=${size}`,
    chooseFolder: async () => unwrap(await bridge.chooseFolder()),
    chooseFiles: async (what) => unwrap(await bridge.chooseFiles(what)),
    findFileOf: async (id) => unwrap(await bridge.findFileOf(id)),
    showInFolder: async (id) => unwrap(await bridge.showInFolder(id)),
    openLink: async (id, url) => unwrap(await bridge.openLink(id, url)),
    copyText: async (text) => unwrap(await bridge.copyText(text)),
    onConnection: onState,
    onCommand: keepUntilHeard(bridge.onCommand),
    onGiven: keepUntilHeard(bridge.onGiven),
  };
  return { api, host };
}

/** Failures came over as data: here they are errors again. */
export function unwrap<T>(answer: HostAnswer<T>): T {
  if (answer.ok) return answer.value;
  throw new ContractError(answer.failure);
}

function connect(bridge: Pick<DesktopBridge, 'send' | 'connect'>): EngineLink {
  const hub = createPushHub();
  let exchange: Exchange = createExchange(bridge.send, hub);
  const { link, tell } = createEngineLink(hub, () => exchange);

  /** One engine after the other: each greets. */
  function follow(): void {
    const own = exchange;
    own.greeted.then(
      () => own === exchange && tell('connected'),
      () => {},
    );
  }

  follow();
  bridge.connect((text) => {
    if (text !== null) return exchange.receive(text);
    exchange.lose(new Error('The engine is gone.'));
    exchange = createExchange(bridge.send, hub);
    tell('reconnecting');
    follow();
  });
  return link;
}

type Listen<T> = (listener: (value: T) => void) => () => void;

/** Files and commands may come before the screens are there to take them. */
function keepUntilHeard<T>(on: Listen<T>): Listen<T> {
  const kept: T[] = [];
  const listeners = new Set<(value: T) => void>();
  on((value) => {
    if (listeners.size === 0) kept.push(value);
    for (const listener of [...listeners]) listener(value);
  });
  return (listener) => {
    listeners.add(listener);
    for (const value of kept.splice(0)) listener(value);
    return () => void listeners.delete(listener);
  };
}
