import { type StateName, tabOfState, type UploadJob } from '#shared/job.ts';
import type { Tone } from '../../ui/pill.tsx';
import { shell } from '../../words/shell.ts';
import { uploadsWords as words } from '../../words/uploads.ts';

export type StateShape = StateName | 'link-ended' | 'not-known';

/** What the pill of a row shows: a word, a tone, and a shape that stands for an icon. */
export interface StateLook {
  readonly word: string;
  readonly tone: Tone;
  readonly shape: StateShape;
}

const tones: Readonly<Record<StateName, Tone>> = {
  queued: 'neutral',
  reserving: 'accent',
  inspecting: 'accent',
  uploading: 'accent',
  completing: 'accent',
  processing: 'accent',
  waiting: 'neutral',
  paused: 'neutral',
  blocked: 'warn',
  completed: 'ok',
  failed: 'bad',
  canceled: 'neutral',
};

/** `isGone`: the engine is, and with it all that it was doing. */
export function stateLook({ state }: Pick<UploadJob, 'state'>, now: number, isGone: boolean): StateLook {
  const { name } = state;
  if (isGone && tabOfState[name] === 'active') {
    return { word: shell.notKnown, tone: 'neutral', shape: 'not-known' };
  }
  if (state.name === 'completed' && hasEnded(state.asset, now)) {
    return { word: words.linkEnded, tone: 'warn', shape: 'link-ended' };
  }
  return { word: words.states[name], tone: tones[name], shape: name };
}

/** A link that the service renews on request never ends for good. */
const hasEnded = (
  asset: { readonly linkExpiresAt: number | null; readonly hasFreshUrl: boolean },
  now: number,
) => asset.linkExpiresAt !== null && !asset.hasFreshUrl && asset.linkExpiresAt <= now;
