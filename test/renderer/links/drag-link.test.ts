import { expect, test } from 'vitest';
import { draggedLinks } from '../../../renderer/links/drag-link.ts';
import { completedJob } from './job.ts';

const now = 1_000_000;
const picture = completedJob();
const text = completedJob({ name: 'a.txt', mimeType: 'text/plain' }, { link: 'https://a.example/a b.txt' });
const key = completedJob({}, { link: 'inputs/1', linkKind: 'key' });

test('addresses go as addresses, as text and as what a document shows', () => {
  expect(draggedLinks([picture, text], now)).toEqual({
    'text/uri-list': 'https://a.example/hero.png\r\nhttps://a.example/a%20b.txt',
    'text/plain': 'https://a.example/hero.png\nhttps://a.example/a b.txt',
    'text/html':
      '<img src="https://a.example/hero.png" alt="hero.png">\n<a href="https://a.example/a b.txt">a.txt</a>',
  });
});

test('what no browser opens goes as text only, also where others are with it', () => {
  expect(draggedLinks([key], now)).toEqual({ 'text/plain': 'inputs/1' });
  expect(draggedLinks([picture, key], now)).toEqual({ 'text/plain': 'https://a.example/hero.png\ninputs/1' });
  const script = completedJob({}, { link: 'javascript:alert(1)' });
  expect(draggedLinks([script], now)).toEqual({ 'text/plain': 'javascript:alert(1)' });
});

test('what ran out, or is no link any more, is not carried', () => {
  expect(draggedLinks([completedJob({}, { linkExpiresAt: now })], now)).toBeNull();
  expect(draggedLinks([completedJob({ state: { name: 'canceled' } })], now)).toBeNull();
  expect(draggedLinks([], now)).toBeNull();
});
