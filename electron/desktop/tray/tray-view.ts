/** What the tray shows. Pure. */
import type { JobId, UploadJob } from '#shared/job.ts';
import { menuText, shownName } from '../status/shown-text.ts';
import { type Mood, moodOf, type Status } from '../status/status.ts';
import { trayWords as words } from '../words.ts';

export type TrayAction =
  | { readonly kind: 'open' }
  | { readonly kind: 'add' }
  | { readonly kind: 'pause'; readonly isPaused: boolean }
  | { readonly kind: 'copy'; readonly id: JobId }
  | { readonly kind: 'needs-you' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'quit' };

export type TrayItem =
  | { readonly kind: 'separator' }
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'action'; readonly label: string; readonly action: TrayAction };

export interface TrayView {
  readonly mood: Mood;
  readonly tooltip: string;
  readonly items: readonly TrayItem[];
}

export type LastLink = Pick<UploadJob, 'id' | 'name'>;

const longestName = 40;
const separator: TrayItem = { kind: 'separator' };
const act = (label: string, action: TrayAction): TrayItem => ({ kind: 'action', label, action });

/** `status` null: the engine has not answered yet. */
export function trayView(status: Status | null, links: readonly LastLink[]): TrayView {
  // First, because a click on the icon opens nothing where the desktop keeps clicks for the menu.
  const open = act(words.open, { kind: 'open' });
  const quit = act(words.quit, { kind: 'quit' });
  if (status === null) return { mood: 'idle', tooltip: words.starting, items: [open, separator, quit] };
  const { settings, counts } = status;
  const { needsYou } = counts.byTab;
  return {
    mood: moodOf(status),
    tooltip: tooltipOf(status),
    items: [
      { kind: 'text', label: menuText(summaryOf(status)) },
      open,
      act(words.add, { kind: 'add' }),
      settings.isPaused
        ? act(words.resume, { kind: 'pause', isPaused: false })
        : act(words.pause, { kind: 'pause', isPaused: true }),
      separator,
      { kind: 'text', label: links.length === 0 ? words.noLinks : words.lastLinks },
      ...links.map(({ id, name }) => act(menuText(shownName(name, longestName)), { kind: 'copy', id })),
      separator,
      ...(needsYou > 0 ? [act(words.needYouItem(needsYou), { kind: 'needs-you' } as const)] : []),
      act(words.settings, { kind: 'settings' }),
      separator,
      quit,
    ],
  };
}

/** One line that changes with the state, not with every byte: a menu that is open must not be rebuilt each second. */
export function summaryOf(status: Status): string {
  const { counts, destinations } = status;
  const { needsYou, active, waiting } = counts.byTab;
  if (needsYou > 0) return words.needYou(needsYou);
  const blocked = destinations.find(({ hold }) => hold?.kind === 'blocked');
  if (blocked !== undefined) return words.blocked(shownName(blocked.destination.name, longestName));
  if (status.settings.isPaused) return waiting > 0 ? words.pausedWith(waiting) : words.paused;
  if (active > 0) return words.sending(active);
  return waiting > 0 ? words.waiting(waiting) : words.idle;
}

/** The summary, with speed and time left while something moves. */
export function tooltipOf(status: Status): string {
  const { bytesPerSecond, remainingMs } = status.throughput;
  const parts = [summaryOf(status)];
  if (!status.settings.isPaused && bytesPerSecond > 0) {
    parts.push(words.speed(bytesPerSecond));
    if (remainingMs !== null) parts.push(words.left(remainingMs));
  }
  return parts.join(' · ');
}

/** The icon's file: shapes differ, not only colours. macOS takes a template, which it tints itself. */
export const iconName = (mood: Mood, platform: NodeJS.Platform): string =>
  `tray-${mood}${platform === 'darwin' ? 'Template' : ''}.png`;
