import { Bell } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useLive } from '../live/window-context.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Dot } from '../ui/pill.tsx';
import { toast } from '../ui/toasts.tsx';
import { shell } from '../words/shell.ts';
import { dateAndTime } from '../words/times.ts';
import { closeOverlay, openOverlay, useNavigation } from './navigation.ts';
import { markNoticesRead } from './read-notices.ts';

/** What the engine had to tell, newest first. New warnings are said once by a toast, too. */
export function NoticesDialog() {
  const isOpen = useNavigation(({ overlay }) => overlay.name === 'notices');
  const notices = useLive((live) => live.notices);
  const lastTold = useRef<number | null>(null);

  useEffect(() => {
    const newest = notices.at(-1);
    const before = lastTold.current;
    lastTold.current = newest?.at ?? 0;
    const fresh = notices.filter(({ at, level }) => level === 'warning' && at > (before ?? 0));
    // At the start everything is new: one line leads there instead of a pile.
    const [only] = fresh;
    if (only === undefined) return;
    toast({
      title: fresh.length === 1 ? only.text : shell.newNotices(fresh.length),
      tone: 'warn',
      durationMs: 12_000,
      action: { label: shell.showNotices, run: () => openOverlay({ name: 'notices' }) },
    });
  }, [notices]);

  useEffect(() => {
    if (isOpen) markNoticesRead(notices.at(-1)?.at ?? 0);
  }, [isOpen, notices]);

  return (
    <Dialog isOpen={isOpen} onClose={closeOverlay} title={shell.notices}>
      {notices.length === 0 ? (
        <EmptyState icon={Bell} title={shell.noNotices} text={shell.noNoticesText} />
      ) : (
        <ul className="m-0 flex list-none flex-col p-0">
          {notices.toReversed().map(({ at, level, text }) => (
            <li key={`${at} ${text}`} className="flex gap-2.5 border-line border-b py-2.5">
              <span className="flex h-5 items-center">
                <Dot tone={level === 'warning' ? 'warn' : 'neutral'} />
              </span>
              <span className="min-w-0 flex-1 break-words">{text}</span>
              <time dateTime={new Date(at).toISOString()} className="shrink-0 text-ink-3 text-sm">
                {dateAndTime(at)}
              </time>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
