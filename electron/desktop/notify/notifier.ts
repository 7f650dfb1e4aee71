/**
 * Tells by the system's notifications what happened while no window of Hoist was in front. On the desktop this is the
 * only one that does: a window leaves it to its host (see renderer/shell/tell-batches.ts).
 */
import type { Notification, NotificationConstructorOptions } from 'electron';
import type { Clock } from '#ports/clock.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import { openFiles, type Status } from '../status/status.ts';
import { notifyWords as words } from '../words.ts';
import { createBatch } from './batch.ts';
import { type NotificationText, textOfBlocked, textOfTold } from './notification-text.ts';

export interface NotifierParts {
  readonly Notification: (new (
    options: NotificationConstructorOptions,
  ) => Pick<Notification, 'show' | 'close' | 'on'>) & { isSupported(): boolean };
  readonly clock: Clock;
  readonly isInFront: () => boolean;
  readonly lead: (place: string) => void;
  readonly copy: (ids: readonly JobId[]) => void;
}

export interface Notifier {
  rows(rows: readonly UploadJob[]): void;
  status(status: Status): void;
  /** Something else of the app's own, whether a window is in front or not. */
  say(text: NotificationText): void;
  close(): void;
}

export function createNotifier(parts: NotifierParts): Notifier {
  const { clock } = parts;
  const batch = createBatch(clock.now());
  /** Held, because one that is collected does not hear its click; one of each id. */
  const shown = new Map<string, Pick<Notification, 'show' | 'close' | 'on'>>();
  let status: Status | null = null;
  let cancel: (() => void) | null = null;

  const isAtRest = () => status !== null && openFiles(status.counts) === 0;

  function plan(): void {
    cancel?.();
    const at = batch.dueAt(isAtRest());
    cancel = at === null ? null : clock.setTimer(Math.max(0, at - clock.monotonic()), tell);
  }

  function tell(): void {
    cancel = null;
    const { told, blocked } = batch.take(isAtRest(), clock.monotonic());
    if (status !== null && !parts.isInFront()) {
      const may = status.settings.notifications;
      for (const each of told) say(textOfTold(each, may));
      for (const each of blocked) say(textOfBlocked(each, may));
    }
    plan();
  }

  function say(text: NotificationText | null): void {
    if (text === null || !parts.Notification.isSupported()) return;
    const { id, title, body, place, links } = text;
    shown.get(id)?.close();
    const button = { type: 'button', text: words.copy(links.length) } as const;
    const notification = new parts.Notification({
      id,
      title,
      body,
      // Whoever is elsewhere keeps what they copied there, until they ask for these.
      ...(links.length === 0 ? {} : { actions: [button] }),
    });
    shown.set(id, notification);
    const forget = () => {
      if (shown.get(id) === notification) shown.delete(id);
    };
    notification.on('click', () => {
      forget();
      parts.lead(place);
    });
    notification.on('action', () => parts.copy(links));
    notification.on('close', forget);
    notification.show();
  }

  return {
    rows(rows) {
      batch.note(rows, clock.monotonic());
      plan();
    },
    status(next) {
      status = next;
      batch.noteDestinations(next.destinations, clock.monotonic());
      plan();
    },
    say,
    close() {
      cancel?.();
      for (const notification of shown.values()) notification.close();
      shown.clear();
    },
  };
}
