import { useMemo } from 'react';
import type { JobFilter, WatchFolderView } from '#shared/ipc.ts';
import { useCounts } from '../live/use-counts.ts';
import { goTo, type Narrowing, type TabName } from '../shell/navigation.ts';
import { Dotted } from '../ui/dotted.tsx';
import { folderWords as words } from '../words/folders.ts';
import { startOfWorkday } from '../words/times.ts';
import { isContentKnown, numbersOf } from './folder-state.ts';

/** What the folder holds, by what became of it, and how its uploads stand. */
export function FolderNumbers({ view, now }: { readonly view: WatchFolderView; readonly now: number }) {
  const { id } = view.folder;
  const day = startOfWorkday(now);
  const ofToday = useMemo<JobFilter>(() => ({ watchFolderId: id, completedAfter: day }), [id, day]);
  const ofAll = useMemo<JobFilter>(() => ({ watchFolderId: id }), [id]);
  const today = useCounts(ofToday)?.byTab.done ?? null;
  const open = useCounts(ofAll)?.byTab ?? null;
  const links: readonly (readonly [TabName, string, Partial<Narrowing>])[] =
    today === null || open === null
      ? []
      : [
          ...(today === 0 ? [] : [['done', words.uploaded(today), { completedSince: day }] as const]),
          ...(['active', 'waiting', 'needsYou', 'failed'] as const).flatMap((tab) =>
            open[tab] === 0 ? [] : [[tab, words[tab](open[tab]), {}] as const],
          ),
        ];
  const numbers = numbersOf(view.health);
  return (
    <dl className="m-0 grid grid-cols-[minmax(5.5rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
      <dt className="text-ink-3">{words.today}</dt>
      <dd className="m-0 flex min-h-[1.45em] flex-wrap gap-x-3">
        {today === 0 && <span className="text-ink-2">{words.uploaded(0)}</span>}
        {links.map(([tab, text, narrowing]) => (
          <button
            key={tab}
            type="button"
            className="rounded-sm text-accent-ink underline-offset-2 hover:underline"
            onClick={() => goTo({ name: 'uploads', tab }, { watchFolderId: id, ...narrowing })}
          >
            {text}
          </button>
        ))}
      </dd>
      {isContentKnown(view.health) && (
        <>
          <dt className="text-ink-3">{words.seen(view.health.seen)}</dt>
          <dd className="m-0 text-ink-2">
            {numbers.length === 0 ? words.isEmpty : <Dotted parts={numbers} />}
          </dd>
        </>
      )}
    </dl>
  );
}
