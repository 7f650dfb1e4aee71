import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatLink,
  type LinkSubject,
  linkFormats,
  referenceOf,
  templateWords,
  unknownTemplateWords,
} from '#shared/asset.ts';

const photo: LinkSubject = {
  link: 'https://cdn.example/a b(1).jpg?x=1&y=2',
  name: 'Cat "One" & <two> [3].jpg',
  assetId: 'asset_1',
  reference: 'runflow://assets/asset_1',
  mimeType: 'image/jpeg',
  path: '/photos/cat.jpg',
  destination: 'Far Side',
  sha256: null,
};
const film: LinkSubject = {
  ...photo,
  mimeType: 'video/mp4',
  name: 'film.mp4',
  link: 'https://cdn.example/f',
};

test.each([
  ['link', photo, photo.link],
  ['markdown', photo, '![Cat "One" & \\<two\\> \\[3\\].jpg](https://cdn.example/a%20b%281%29.jpg?x=1&y=2)'],
  ['markdown', film, '[film.mp4](https://cdn.example/f)'],
  [
    'html',
    photo,
    '<img src="https://cdn.example/a b(1).jpg?x=1&#38;y=2" alt="Cat &#34;One&#34; &#38; &#60;two&#62; [3].jpg">',
  ],
  ['html', film, '<a href="https://cdn.example/f">film.mp4</a>'],
  ['id', photo, 'asset_1'],
  ['reference', photo, 'runflow://assets/asset_1'],
  ['reference', { ...photo, reference: null }, 'asset_1'],
] as const)('%s of %o', (format, subject, text) => expect(formatLink(format, subject)).toBe(text));

test.each([
  ['url', `![a.png](https://x/a)`, '<img src="https://x/a" alt="a.png">'],
  ['reference', '[a.png](https://x/a)', '<a href="https://x/a">a.png</a>'],
  ['key', '[a.png](https://x/a)', '<a href="https://x/a">a.png</a>'],
  ['run', '[a.png](https://x/a)', '<a href="https://x/a">a.png</a>'],
] as const)('a picture is shown by an address only: %s', (linkKind, markdown, html) => {
  const subject = { ...photo, name: 'a.png', link: 'https://x/a', linkKind };
  expect(formatLink('markdown', subject)).toBe(markdown);
  expect(formatLink('html', subject)).toBe(html);
});

const broken: LinkSubject = { ...film, name: 'a\r\nb\u2028c\u0085d\ve.mp4' };
test.each([
  ['markdown', '[a b c d e.mp4](https://cdn.example/f)'],
  ['html', '<a href="https://cdn.example/f">a&#13;&#10;b&#8232;c d e.mp4</a>'],
  [{ template: '{name}\n{link}' }, 'a b c d e.mp4\nhttps://cdn.example/f'],
] as const)('a name with line breaks as %j', (format, text) => expect(formatLink(format, broken)).toBe(text));

test('json says everything, and nothing else', () => {
  expect(JSON.parse(formatLink('json', photo))).toEqual(photo);
});

test('a reference is the link of a service that has one', () => {
  const link = 'runflow://assets/asset_1';
  expect(referenceOf({ link, linkKind: 'reference' })).toBe(link);
  for (const linkKind of ['url', 'key', 'run'] as const) expect(referenceOf({ link, linkKind })).toBeNull();
});

describe('templates', () => {
  test('every word that is listed means something, and no other does', () => {
    const words = templateWords.map((word) => `{${word}}`).join(' ');
    expect(formatLink({ template: words }, photo)).not.toMatch(/\{\w+\}/);
    expect(unknownTemplateWords(words)).toEqual([]);
    expect(unknownTemplateWords('{nmae} {link} {nmae} {Name} {constructor} { name } {}')).toEqual([
      'nmae',
      'Name',
      'constructor',
    ]);
  });

  test.each([
    ['{name}: {link}', `${photo.name}: ${photo.link}`],
    [
      '{id}|{reference}|{type}|{path}|{destination}',
      'asset_1|runflow://assets/asset_1|image/jpeg|/photos/cat.jpg|Far Side',
    ],
    ['[{sha256}]', '[]'],
    [
      '{"a": {unknown}, {}} {constructor} {__proto__} {toString}',
      '{"a": {unknown}, {}} {constructor} {__proto__} {toString}',
    ],
    ['{{id}}', '{asset_1}'],
    ['', ''],
  ])('%s', (template, text) => expect(formatLink({ template }, photo)).toBe(text));

  test('values are put in as they are, braces and dollars included', () => {
    expect(formatLink({ template: '{name}{id}' }, { ...photo, name: '$& {id} $1' })).toBe(
      '$& {id} $1asset_1',
    );
  });
});

const allWords = { template: templateWords.map((word) => `{${word}}`).join(' ') };

const subjects = fc.record({
  link: fc
    .webUrl({ withQueryParameters: true, withFragments: true })
    .chain((url) =>
      fc
        .string({ unit: fc.constantFrom('"', "'", '<', '>', '&', '(', ')', ' ', '\\', 'a') })
        .map((s) => url + s),
    ),
  name: fc.string({
    unit: fc.constantFrom(...Array.from('"\'<>&[]()\\`!aé\n\r\u2028')),
  }),
  assetId: fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', '\u2029', '\u0085', '\v', '\f') }),
  mimeType: fc.constantFrom('image/png', 'text/html'),
  path: fc.string({ unit: fc.constantFrom('/', 'a', '\n', '\u0085') }),
  destination: fc.string(),
  sha256: fc.constantFrom(null, 'ab'),
});

test('html: whatever the name and the link, one tag and its own attributes', () => {
  fc.assert(
    fc.property(subjects, (subject) => {
      const html = formatLink('html', subject);
      const safe = '(?:[^<>"\'&]|&#\\d+;)*';
      expect(html).toMatch(new RegExp(`^(<img src="${safe}" alt="${safe}">|<a href="${safe}">${safe}</a>)$`));
      const text = html.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
      expect(text).toContain(subject.name);
      expect(text).toContain(subject.link);
    }),
  );
});

test('markdown: whatever the name and the link, one link whose ends are the ones written here', () => {
  fc.assert(
    fc.property(subjects, (subject) => {
      const markdown = formatLink('markdown', subject);
      expect(markdown).toMatch(/^!?\[(?:[^\\[\]<>`\n]|\\.)*\]\([^()\s<>\\]*\)$/);
    }),
  );
});

test('every format gives one line for every subject', () => {
  fc.assert(
    fc.property(subjects, fc.constantFrom(...linkFormats, allWords), (subject, format) => {
      expect(formatLink(format, subject)).not.toMatch(/[\n\v\f\r\u0085\u2028\u2029]/);
    }),
  );
});
