import { needsKey } from '#shared/destination.ts';
import { explainFailure } from '#shared/failure.ts';
import type { DestinationView } from '#shared/ipc.ts';
import type { Tone } from '../ui/pill.tsx';
import { countdown } from '../words/amounts.ts';
import { destinationWords as words } from '../words/destinations.ts';
import { timeOfDay } from '../words/times.ts';

export interface DestinationState {
  readonly tone: Tone;
  /** What is drawn beside the word. */
  readonly shape: 'paused' | 'attention' | 'working' | 'waiting';
  readonly word: string;
  /** Why, and what to do; null where there is nothing to say. */
  readonly text: string | null;
  /** What the person can do about it. */
  readonly cure: 'key' | 'resume' | 'go-on' | null;
}

/** How a destination stands, in words. `now`: epoch ms. */
export function stateOf({ destination, hold, hasKey }: DestinationView, now: number): DestinationState {
  if (hold?.kind === 'paused' || destination.isPaused) {
    return { tone: 'neutral', shape: 'paused', word: words.paused, text: null, cure: 'resume' };
  }
  if (hold === null) {
    const lacksKey = needsKey[destination.kind] && !hasKey && !destination.isDemo;
    return lacksKey
      ? { tone: 'warn', shape: 'attention', word: words.noKey, text: words.keyNeeded, cure: 'key' }
      : { tone: 'ok', shape: 'working', word: words.working, text: null, cure: null };
  }
  const why = hold.failure === null ? null : explainFailure(hold.failure);
  const left = hold.until !== null && hold.until > now ? countdown(hold.until - now) : null;
  const rest = left === null ? '' : hold.kind === 'unreachable' ? words.triedIn(left) : words.nextIn(left);
  // The countdown says already that it goes on by itself; a full disk needs the person first.
  const hint = rest !== '' && hold.kind !== 'disk-full' ? '' : why?.hint;
  const text = [why?.reason, hint, rest].filter(Boolean).join(' ') || null;
  if (hold.kind === 'blocked') {
    const isKey = hold.failure?.code === 'key-refused' || hold.failure?.code === 'key-missing';
    return { tone: 'bad', shape: 'attention', word: words.needsYou, text, cure: isKey ? 'key' : 'go-on' };
  }
  return { tone: 'warn', shape: 'waiting', word: words.held, text, cure: null };
}

/** What holds it, until what time of day, and why: words that need not count. Null: it works, or the person paused it. */
export function troubleOf(view: DestinationView): string | null {
  const { hold } = view;
  const { tone, word } = stateOf(view, 0);
  if (tone !== 'warn' && tone !== 'bad') return null;
  if (hold === null) return words.keyNeeded;
  const time = hold.until === null ? null : timeOfDay(hold.until);
  const what =
    time === null ? `${word}.` : hold.kind === 'unreachable' ? words.triedAt(time) : words.heldUntil(time);
  return hold.failure === null ? what : `${what} ${explainFailure(hold.failure).reason}`;
}

/** The tone of its dot: what the card says in words. */
export const toneOf = (view: DestinationView): Tone => stateOf(view, 0).tone;
