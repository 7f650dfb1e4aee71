import type { Asset, LinkKind } from '#shared/asset.ts';

/** What a copy of the link gives: Runflow signs a URL, where only a reference is kept. */
export const copiedKind = ({ linkKind, hasFreshUrl }: Pick<Asset, 'linkKind' | 'hasFreshUrl'>): LinkKind =>
  hasFreshUrl ? 'url' : linkKind;

/** Whether a browser can open it; keys and references it cannot. */
export const canBeOpened = ({ link, hasFreshUrl }: Pick<Asset, 'link' | 'hasFreshUrl'>): boolean =>
  hasFreshUrl || isWebAddress(link);

export const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text);

export const hasRunOut = ({ linkExpiresAt }: Pick<Asset, 'linkExpiresAt'>, now: number): boolean =>
  linkExpiresAt !== null && linkExpiresAt <= now;

/** "7e1f 0c9a 44b2 …": what is long is compared group by group. */
export const inGroups = (text: string, size = 4): readonly string[] =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );

/** The try that runs, or was the last of one that ended without success; failed ones are counted, so the first is try 1. */
export const tryNumber = (attempts: number, maxAttempts: number, hasEnded: boolean): number =>
  hasEnded ? Math.max(1, attempts) : Math.min(attempts + 1, Math.max(maxAttempts, attempts));
