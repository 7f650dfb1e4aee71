import { needsKey } from '#shared/destination.ts';
import { explainFailure } from '#shared/failure.ts';
import type { DestinationView } from '#shared/ipc.ts';
import type { Tone } from '../ui/pill.tsx';
import { countdown } from '../words/amounts.ts';
import { destinationWords as words } from '../words/destinations.ts';

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
  const rest = hold.until !== null && hold.until > now ? words.nextAt(countdown(hold.until - now)) : '';
  const text = [why?.reason, why?.hint, rest].filter(Boolean).join(' ') || null;
  if (hold.kind === 'blocked') {
    const isKey = hold.failure?.code === 'key-refused' || hold.failure?.code === 'key-missing';
    return { tone: 'bad', shape: 'attention', word: words.needsYou, text, cure: isKey ? 'key' : 'go-on' };
  }
  return { tone: 'warn', shape: 'waiting', word: words.held, text, cure: null };
}

/** The tone of its dot: what the card says in words. */
export const toneOf = (view: DestinationView): Tone => stateOf(view, 0).tone;
