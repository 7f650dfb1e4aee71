import type { Asset, LinkKind } from '#shared/asset.ts';
import { parseUrl } from '#shared/parse-url.ts';
import { copiedKind } from '../uploads/details/link-facts.ts';
import { countdown, duration } from '../words/amounts.ts';
import { linkWords as words } from '../words/links.ts';
import { dateAndTime } from '../words/times.ts';

/** What a link says of itself. */
export interface LinkLook {
  /** Of what Copy gives; of one that has run out, what it was. */
  readonly kind: LinkKind;
  readonly word: string;
  /** What the text is that stands for it, where Copy gives something else. */
  readonly shownAs: string | null;
  /** What it is good for, to stand behind the word; null: it says so itself, or it is good for nothing any more. */
  readonly isFor: string | null;
  /** How long it still works, or that it does not any more; null: no end is known, so nothing is said. */
  readonly life: string | null;
  /** The same where nothing before it says of what. */
  readonly lifeAlone: string | null;
  /** What that means for a person, to stand behind it; null: nothing more. */
  readonly lifeMore: string | null;
  /** The same to the minute, or why there is a new one each time. */
  readonly lifeExactly: string | null;
  readonly tone: 'neutral' | 'warn';
  readonly hasRunOut: boolean;
  /** Its words change by themselves. */
  readonly isCounting: boolean;
  /** How it opens in a browser: by its own address, by one that the service signs anew, or not at all. */
  readonly opens: 'itself' | 'fresh' | null;
}

const hour = 3_600_000;

export function lookOf(
  asset: Pick<Asset, 'link' | 'linkKind' | 'linkExpiresAt' | 'hasFreshUrl'>,
  now: number,
): LinkLook {
  const { linkExpiresAt: end, hasFreshUrl } = asset;
  const hasRunOut = end !== null && end <= now;
  const kind = hasRunOut ? asset.linkKind : copiedKind(asset);
  return {
    kind,
    word: hasRunOut ? words.ranOut[kind] : words.kinds[kind],
    shownAs: kind === asset.linkKind ? null : words.kinds[asset.linkKind],
    isFor: hasRunOut ? null : words.kindsAreFor[kind],
    life: hasRunOut ? null : lifeOf(end, hasFreshUrl, now, words.left),
    lifeAlone: hasRunOut ? null : lifeOf(end, hasFreshUrl, now, words.validFor),
    lifeMore: end === null && hasFreshUrl ? words.freshUrlMore : null,
    lifeExactly: exactly(end, hasFreshUrl, hasRunOut),
    tone: hasRunOut ? 'warn' : 'neutral',
    hasRunOut,
    isCounting: end !== null && !hasRunOut,
    opens: hasRunOut ? null : hasFreshUrl ? 'fresh' : isWebAddress(asset.link) ? 'itself' : null,
  };
}

function exactly(end: number | null, hasFreshUrl: boolean, hasRunOut: boolean): string | null {
  if (end === null) return hasFreshUrl ? words.freshUrlMeans : null;
  return (hasRunOut ? words.ranOutAt : words.validUntil)(dateAndTime(end));
}

function lifeOf(
  end: number | null,
  hasFreshUrl: boolean,
  now: number,
  say: (rest: string) => string,
): string | null {
  if (end === null) return hasFreshUrl ? words.freshUrl : null;
  const rest = end - now;
  return say(rest < hour ? countdown(rest) : duration(rest));
}

/** Only these may be opened or dragged as an address: a service's answer could hold anything. */
export function isWebAddress(text: string): boolean {
  const url = parseUrl(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
}
