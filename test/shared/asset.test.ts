import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatLink, type LinkSubject, linkFormats, referenceOf } from '#shared/asset.ts';

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

test('json says everything, and nothing else', () => {
  expect(JSON.parse(formatLink('json', photo))).toEqual(photo);
});

test('a reference is the link of a service that has one', () => {
  const link = 'runflow://assets/asset_1';
  expect(referenceOf({ link, linkKind: 'reference' })).toBe(link);
  for (const linkKind of ['url', 'key', 'run'] as const) expect(referenceOf({ link, linkKind })).toBeNull();
});

describe('templates', () => {
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

const subjects = fc.record({
  link: fc
    .webUrl({ withQueryParameters: true, withFragments: true })
    .chain((url) =>
      fc
        .string({ unit: fc.constantFrom('"', "'", '<', '>', '&', '(', ')', ' ', '\\', 'a') })
        .map((s) => url + s),
    ),
  name: fc.string({
    unit: fc.constantFrom('"', "'", '<', '>', '&', '[', ']', '(', ')', '\\', '\n', '`', '!', 'a', 'é'),
  }),
  assetId: fc.string(),
  mimeType: fc.constantFrom('image/png', 'text/html'),
  path: fc.string(),
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

test('every format gives one piece of text for every subject', () => {
  fc.assert(
    fc.property(subjects, fc.constantFrom(...linkFormats), (subject, format) => {
      expect(typeof formatLink(format, subject)).toBe('string');
    }),
  );
});
