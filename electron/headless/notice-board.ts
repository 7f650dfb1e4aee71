import type { EngineConnection } from '#ipc';
import type { EngineNotice } from '#shared/ipc.ts';

type Tell = (notice: EngineNotice) => void;

/** What the engine has to say, each thing once per process, however often a command opens the engine. */
export interface NoticeBoard {
  /** What the engine said while it opened in this process, when nobody listened. One elsewhere has told it there. */
  tellOpening(connection: EngineConnection, tell: Tell): Promise<void>;
  /** What it says later. */
  tell(notice: EngineNotice, tell: Tell): void;
}

export function createNoticeBoard(): NoticeBoard {
  /** When each text of an opening was said. */
  const opening = new Map<string, number>();
  return {
    async tellOpening({ api, isOwner }, tell) {
      if (!isOwner) return;
      for (const notice of (await api.snapshot()).notices) {
        if (opening.has(notice.text)) continue;
        opening.set(notice.text, notice.at);
        tell(notice);
      }
    },
    tell(notice, tell) {
      // The push of a notice may come after the snapshot that held it already.
      if (opening.get(notice.text) !== notice.at) tell(notice);
    },
  };
}
