import { Bell, Pause } from 'lucide-react';
import { isSlowAt, limitAt } from '#shared/bandwidth.ts';
import { attempt } from '../live/attempt.ts';
import { useNow } from '../live/use-now.ts';
import { useLive, useWindow } from '../live/window-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Dot } from '../ui/pill.tsx';
import { noteBar } from '../ui/use-toast-place.ts';
import { countdown, speedLimit } from '../words/amounts.ts';
import { shell } from '../words/shell.ts';
import { goTo, openOverlay } from './navigation.ts';
import { useNoticesReadUntil } from './read-notices.ts';

/** Online, watch health, slow mode, and the one countdown that matters. */
export function StatusBar() {
  const { api } = useWindow();
  const connection = useLive((live) => live.connection);
  const folders = useLive((live) => live.folders);
  const settings = useLive((live) => live.settings);
  const notices = useLive((live) => live.notices);
  const troubled = folders.filter(({ health }) => ['offline', 'unreliable'].includes(health.state)).length;
  const readUntil = useNoticesReadUntil();
  const unread = notices.filter(({ at, level }) => level === 'warning' && at > readUntil).length;
  const isLost = connection !== 'connected';
  return (
    <footer
      ref={noteBar}
      className="col-span-2 flex min-h-7.5 flex-wrap items-center gap-x-4.5 border-line border-t bg-side ps-4.5 pe-3.5 py-0.5 text-xs text-ink-2 *:min-h-6"
    >
      <span role="status" className="flex items-center gap-1.5">
        <Dot tone={isLost ? 'bad' : 'ok'} />
        {isLost ? shell.notRunning : shell.online}
      </span>
      {!isLost && (
        <>
          {settings?.isPaused === true && (
            <span className="flex items-center gap-1.5 font-medium text-warn">
              <Pause aria-hidden size={12} />
              {shell.paused}
              <button
                type="button"
                onClick={() => void attempt(api.setPaused(false))}
                className="rounded-sm px-1 font-medium text-accent-ink underline"
              >
                {shell.resume}
              </button>
            </span>
          )}
          {folders.length > 0 && (
            <button
              type="button"
              onClick={() => goTo({ name: 'folders' })}
              className="rounded-sm hover:text-ink"
            >
              {troubled > 0 ? (
                <span className="flex items-center gap-1.5 text-warn">
                  <Dot tone="warn" />
                  {shell.foldersWithTrouble(troubled)}
                </span>
              ) : (
                shell.foldersWatched(folders.length)
              )}
            </button>
          )}
          <SlowMode />
        </>
      )}
      <span className="ms-auto flex items-center gap-2">
        {!isLost && <SlowDown />}
        <span className="relative flex">
          <IconButton
            label={unread > 0 ? shell.unreadNotices(unread) : shell.notices}
            icon={Bell}
            className="size-6"
            onClick={() => openOverlay({ name: 'notices' })}
          />
          {unread > 0 && (
            <span aria-hidden className="absolute end-0.5 top-0.5 size-1.75 rounded-full bg-warn" />
          )}
        </span>
      </span>
    </footer>
  );
}

function SlowMode() {
  const settings = useLive((live) => live.settings);
  const now = useNow(settings?.slowMode.hours != null);
  if (settings === null) return null;
  const hour = new Date(now).getHours();
  const limit = limitAt(settings, hour);
  const text =
    limit === null
      ? shell.noLimit
      : isSlowAt(settings, hour)
        ? shell.slowMode(speedLimit(limit))
        : shell.limited(speedLimit(limit));
  return (
    <button
      type="button"
      onClick={() => goTo({ name: 'settings', section: 'bandwidth' })}
      // That nothing is limited is the first that a narrow bar need not say.
      className={classNames('rounded-sm hover:text-ink', limit === null && 'max-[50rem]:hidden')}
    >
      {text}
    </button>
  );
}

/** The service that asks to slow down and will take longest. */
function SlowDown() {
  const destinations = useLive((live) => live.destinations);
  const held = destinations
    .filter(({ hold }) => hold?.kind === 'rate-limited' && hold.until !== null)
    .sort((a, b) => (b.hold?.until ?? 0) - (a.hold?.until ?? 0))[0];
  const now = useNow(held !== undefined);
  const until = held?.hold?.until ?? 0;
  if (held === undefined || until <= now) return null;
  const { name } = held.destination;
  const rest = countdown(until - now);
  return (
    <span title={shell.slowDown(name, rest)}>
      <span className="max-[50rem]:hidden">{shell.slowDown(name, rest)}</span>
      <span className="min-[50rem]:hidden">{shell.slowDownShort(name, rest)}</span>
    </span>
  );
}
