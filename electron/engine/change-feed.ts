/** Hints about what changed, for whoever shows it, and the notices that a person should read. */

import type { Clock } from '#ports/clock.ts';
import type { EngineChange } from '#ports/engine-service.ts';
import type { EngineNotice } from '#shared/ipc.ts';

const keptNotices = 50;

export interface ChangeFeed {
  tell(change: EngineChange): void;
  notify(text: string, level: EngineNotice['level']): void;
  notices(): readonly EngineNotice[];
  onChange(listener: (change: EngineChange) => void): () => void;
}

export function createChangeFeed(clock: Clock): ChangeFeed {
  const listeners = new Set<(change: EngineChange) => void>();
  let notices: readonly EngineNotice[] = [];
  const tell = (change: EngineChange) => {
    for (const listener of [...listeners]) listener(change);
  };
  return {
    tell,
    notify(text, level) {
      const notice = { at: clock.now(), level, text };
      notices = [...notices, notice].slice(-keptNotices);
      tell({ kind: 'notice', notice });
    },
    notices: () => notices,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
