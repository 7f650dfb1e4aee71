import type { WindowHost } from '#shared/window-host.ts';

/** So long what a person copied is likely to be still on its way to where they want it. */
const keptMs = 60_000;

export interface OwnCopies {
  /** The host for all that copies because a person asked for it. */
  readonly host: WindowHost;
  /** The person copied something by other means: text that they selected, for example. */
  note(): void;
  /** What the person copied lately is on the clipboard: nothing that is copied by itself may take its place. */
  areFresh(): boolean;
}

/** Watches what a person copies in this window, through `host` as it was given. */
export function watchOwnCopies(host: WindowHost, now: () => number = Date.now): OwnCopies {
  let copiedAt: number | null = null;
  const note = () => {
    copiedAt = now();
  };
  return {
    host: {
      ...host,
      async copyText(text) {
        // Also while it is on its way: two that are copied at once would end in either order.
        note();
        await host.copyText(text);
        note();
      },
    },
    note,
    areFresh: () => copiedAt !== null && now() - copiedAt < keptMs,
  };
}
