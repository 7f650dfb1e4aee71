import { expect, test } from 'vitest';
import { isWebAddress, lookOf } from '../../../renderer/links/link-look.ts';
import { dateAndTime } from '../../../renderer/words/times.ts';

const now = Date.UTC(2026, 10, 22, 12);
const url = {
  link: 'https://a.example/x.png',
  linkKind: 'url',
  linkExpiresAt: null,
  hasFreshUrl: false,
} as const;
const reference = { ...url, link: 'runflow://assets/9', linkKind: 'reference', hasFreshUrl: true } as const;
const key = { ...url, link: 'inputs/9/x.png', linkKind: 'key' } as const;
const run = { ...url, link: 'https://p.example/runs/9', linkKind: 'run' } as const;

test.each([
  ['a URL for long', url, { word: 'URL', isFor: null, life: null, lifeMore: null, opens: 'itself' }],
  [
    'a reference',
    reference,
    {
      kind: 'url',
      word: 'URL',
      shownAs: 'Reference',
      isFor: null,
      life: 'Copy gives a new URL',
      lifeAlone: 'Copy gives a new URL',
      lifeMore: ', older ones may stop working',
      opens: 'fresh',
    },
  ],
  [
    'a reference alone',
    { ...reference, hasFreshUrl: false },
    {
      kind: 'reference',
      word: 'Reference',
      shownAs: null,
      isFor: 'for workflows',
      life: null,
      lifeMore: null,
      opens: null,
    },
  ],
  [
    'a key',
    { ...key, linkExpiresAt: now + 21 * 3_600_000 },
    {
      word: 'File key',
      isFor: 'for the parameters of a run',
      life: '21\u00a0h left',
      lifeAlone: 'Valid for 21\u00a0h',
      lifeMore: null,
      opens: null,
    },
  ],
  [
    'a flow run',
    { ...run, linkExpiresAt: now + 2_712_000 },
    { word: 'Flow run', life: '45\u00a0min left', opens: 'itself' },
  ],
  [
    'the last second',
    { ...key, linkExpiresAt: now + 1 },
    { word: 'File key', life: '1\u00a0s left', opens: null },
  ],
  ['no address at all', { ...url, link: 'javascript:alert(1)' }, { word: 'URL', life: null, opens: null }],
])('%s', (_, asset, said) => {
  const look = lookOf(asset, now);
  expect(look).toMatchObject({ ...said, tone: 'neutral', hasRunOut: false });
  expect(look.isCounting).toBe(asset.linkExpiresAt !== null);
});

test.each([
  ['File key expired', key],
  ['URL expired', url],
  ['Flow run expired', run],
  ['Reference expired', reference],
] as const)('%s', (word, asset) => {
  const end = now;
  expect(lookOf({ ...asset, linkExpiresAt: end }, now)).toEqual({
    kind: asset.linkKind,
    word,
    shownAs: null,
    isFor: null,
    life: null,
    lifeAlone: null,
    lifeMore: null,
    lifeExactly: `Expired: ${dateAndTime(end)}`,
    tone: 'warn',
    hasRunOut: true,
    isCounting: false,
    opens: null,
  });
});

test.each([
  ['https://a.example/b', true],
  ['http://127.0.0.1:4000/b', true],
  ['HTTPS://A.EXAMPLE', true],
  ['runflow://assets/1', false],
  ['javascript:alert(1)', false],
  ['data:text/html,x', false],
  ['file:///etc/passwd', false],
  ['//a.example/b', false],
  ['inputs/a.png', false],
  ['', false],
])('%s is a web address: %s', (text, is) => expect(isWebAddress(text)).toBe(is));
