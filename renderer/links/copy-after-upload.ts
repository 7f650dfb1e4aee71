import { useEffect } from 'react';
import type { JobId } from '#shared/job.ts';
import { useWindow, type WindowContext } from '../live/window-context.tsx';
import { followFrontWindow } from '../shell/front-window.ts';
import { useNavigation } from '../shell/navigation.ts';
import { toast } from '../ui/toasts.tsx';
import { copyWords as words } from '../words/copy.ts';
import { mostLinks } from './collect-links.ts';
import { isCopied, watchCompletions } from './copy-completions.ts';
import { copyLinks, defaultFormat } from './copy-link.ts';

/** Copies the links of what completes while this window is open, as the settings want it. Once per window. */
export function useCopyAfterUpload(): void {
  const context = useWindow();
  useEffect(() => startCopying(context), [context]);
}

function startCopying(context: WindowContext): () => void {
  const { api, live, host, ownCopies, copyByItself } = context;
  const quietly = { api, host: { ...host, copyText: copyByItself } };
  const rule = () => live.getState().settings?.copyAfterUpload ?? 'never';
  const offer = createOffer(context);
  const front = followFrontWindow();
  const stop = watchCompletions({
    api,
    live,
    isWanted: () => rule() !== 'never',
    async tell(jobs) {
      const ids = jobs.filter((job) => isCopied(rule(), job)).map(({ id }) => id);
      if (ids.length === 0) return;
      // Of several windows, one says it.
      if (!(await front.isFront())) return;
      // The first run shows the one link that it is about, with a button of its own.
      if (useNavigation.getState().page.name === 'first-run') return;
      // Whoever is in another program keeps what they copied there, and whoever copied something here keeps that.
      if (!document.hasFocus() || ownCopies.areFresh()) offer.add(ids);
      else void copyLinks(quietly, ids, defaultFormat(live.getState().settings));
    },
  });
  document.addEventListener('copy', ownCopies.note);
  return () => {
    document.removeEventListener('copy', ownCopies.note);
    stop();
    front.close();
    offer.end();
  };
}

interface Offer {
  add(ids: readonly JobId[]): void;
  end(): void;
}

/** One toast for all that completed and was not copied by itself; it stays until it is taken or closed. */
function createOffer(context: WindowContext): Offer {
  let ids: readonly JobId[] = [];
  let takeAway = () => {};

  function take(): readonly JobId[] {
    const taken = ids;
    ids = [];
    return taken;
  }

  return {
    add(more) {
      const all = [...take(), ...more].slice(-mostLinks);
      takeAway();
      ids = all;
      takeAway = toast({
        title: words.done(all.length),
        tone: 'ok',
        durationMs: 0,
        action: {
          label: words.copyOffered(all.length),
          run: () => void copyLinks(context, take(), defaultFormat(context.live.getState().settings)),
        },
        // A toast that was replaced by the next one leaves that one's files alone.
        onGone: () => ids === all && take(),
      });
    },
    end: () => takeAway(),
  };
}
