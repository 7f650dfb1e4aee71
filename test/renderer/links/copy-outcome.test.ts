import { describe, expect, test } from 'vitest';
import type { CopiedLink } from '#shared/ipc.ts';
import { copyFormatEntries, defaultFormat, formatChoices } from '../../../renderer/links/copy-format.ts';
import { type CopyResult, outcomeOf } from '../../../renderer/links/copy-outcome.ts';
import { timeOfDay } from '../../../renderer/words/times.ts';

const now = new Date(2026, 2, 4, 12, 0).getTime();
const at = (hour: number, minute: number, day = 4) => new Date(2026, 2, day, hour, minute).getTime();

const link = (change: Partial<CopiedLink> = {}): CopyResult => ({
  link: { text: 'https://a/1', kind: 'url', expiresAt: null, formatted: 'https://a/1', ...change },
});
const failed = (reason: string): CopyResult => ({ reason });
const all = <T>(count: number, value: T) => Array.from({ length: count }, () => value);

describe('what is said', () => {
  test.each([
    ['one link', [link()], 'link', 'Link copied', undefined],
    [
      'its life',
      [link({ expiresAt: at(12, 46) })],
      'link',
      'Link copied',
      `Valid until ${timeOfDay(at(12, 46))}.`,
    ],
    [
      'a life that ends another day',
      [link({ expiresAt: at(9, 5, 5) })],
      'html',
      'Link copied',
      /^Valid until .*5.*\.$/,
    ],
    ['an id outlives the address', [link({ expiresAt: at(12, 46) })], 'id', 'Asset id copied', undefined],
    [
      'a key',
      [link({ kind: 'key', expiresAt: at(13, 0) })],
      'link',
      'File key copied',
      `Valid until ${timeOfDay(at(13, 0))}.`,
    ],
    ['a run', [link({ kind: 'run' })], 'link', 'Address of the run status copied', undefined],
    [
      'a template without the link',
      [link({ expiresAt: at(12, 46) })],
      { template: '{id}' },
      'Link copied',
      undefined,
    ],
    [
      'a template with it',
      [link({ expiresAt: at(12, 46) })],
      { template: '{link}' },
      'Link copied',
      `Valid until ${timeOfDay(at(12, 46))}.`,
    ],
    ['many', all(12, link()), 'link', '12 links copied', undefined],
    [
      'the first end of many',
      [link({ expiresAt: at(12, 50) }), link({ expiresAt: at(12, 46) }), link()],
      'link',
      '3 links copied',
      `The first one expires: ${timeOfDay(at(12, 46))}.`,
    ],
    [
      'no address just now',
      [link({ kind: 'reference' })],
      'link',
      'Reference copied',
      'The service gave no address just now, so it is the reference.',
    ],
    [
      'a reference that was asked for',
      [link({ kind: 'reference' })],
      'reference',
      'Reference copied',
      undefined,
    ],
  ] as const)('%s', (_, results, format, title, details) => {
    const outcome = outcomeOf(results, format, now);
    expect(outcome.title).toBe(title);
    if (details instanceof RegExp) expect(outcome.details).toMatch(details);
    else expect(outcome.details).toBe(details);
    expect(outcome.tone).toBe('ok');
  });

  test('one that failed, with its reason alone', () => {
    expect(outcomeOf([failed('The key was refused.')], 'link', now)).toEqual({
      text: null,
      count: 0,
      title: 'The link was not copied',
      details: 'The key was refused.',
      tone: 'bad',
    });
  });

  test('what was left out, by reason, the most first', () => {
    const results = [failed('A.'), link(), failed('B.'), failed('B.'), failed('C.'), failed('D.')];
    expect(outcomeOf(results, 'link', now)).toMatchObject({
      title: 'Link copied',
      details: '2 files left out: B. 1 file left out: A. 2 more files left out for other reasons.',
      tone: 'warn',
    });
  });

  test('a line each, in the order they were asked for', () => {
    const results = [link({ formatted: 'one' }), failed('A.'), link({ formatted: 'two' })];
    expect(outcomeOf(results, 'link', now).text).toBe('one\ntwo');
  });
});

describe('formats', () => {
  test.each([
    [null, 'link'],
    [{ copyFormat: 'markdown', linkTemplate: '{id}' }, 'markdown'],
    [{ copyFormat: 'template', linkTemplate: '{id}' }, { template: '{id}' }],
    [{ copyFormat: 'template', linkTemplate: null }, 'link'],
  ] as const)('the default of %j', (settings, expected) => {
    expect(defaultFormat(settings)).toEqual(expected);
  });

  test('the own template is there where there is one', () => {
    const labels = (template: string | null) =>
      formatChoices({ linkTemplate: template }).map(({ label }) => label);
    expect(labels(null)).toEqual(['Link', 'Markdown', 'HTML', 'Asset id', 'Reference', 'JSON']);
    expect(labels('{id}').at(-1)).toBe('My own template');
  });

  test('a link is called what it is', () => {
    expect(formatChoices(null, 'key')[0]?.label).toBe('File key');
    expect(formatChoices(null, 'url')[0]?.label).toBe('URL');
  });

  test('no label twice, since menus find their entries by it', () => {
    for (const kind of ['url', 'reference', 'key', 'run'] as const) {
      const labels = formatChoices({ linkTemplate: 'x' }, kind).map(({ label }) => label);
      expect(new Set(labels).size).toBe(labels.length);
    }
  });

  test('an entry runs its format', () => {
    const ran: unknown[] = [];
    for (const entry of copyFormatEntries((format) => ran.push(format), { linkTemplate: '{link}' })) {
      if (entry.kind === 'action') entry.run();
    }
    expect(ran).toEqual(['link', 'markdown', 'html', 'id', 'reference', 'json', { template: '{link}' }]);
  });
});
