import { describe, expect, test } from 'vitest';
import {
  aboutText,
  counted,
  isolated,
  menuText,
  shownName,
} from '../../../electron/desktop/status/shown-text.ts';
import { isMoving, moodOf, openFiles } from '../../../electron/desktop/status/status.ts';
import { blockedDestination, countsOf, statusOf } from '../support.ts';

describe('the mood', () => {
  test.each([
    ['idle', statusOf({ completed: 4 })],
    ['busy', statusOf({ uploading: 1 })],
    ['idle', statusOf({ queued: 1 })],
    ['paused', statusOf({ queued: 1 }, { settings: { isPaused: true } })],
    ['attention', statusOf({ uploading: 3, blocked: 1 })],
    ['attention', statusOf({ blocked: 1 }, { settings: { isPaused: true } })],
    ['attention', statusOf({}, { destinations: [blockedDestination('key-refused')] })],
    ['idle', statusOf({}, { destinations: [blockedDestination(null)] })],
  ])('%s', (mood, status) => expect(moodOf(status)).toBe(mood));
});

test('what a person paused is not open, and moves nothing', () => {
  expect(openFiles(countsOf({ paused: 5, failed: 1 }))).toBe(0);
  expect(openFiles(countsOf({ queued: 1, waiting: 2, processing: 3 }))).toBe(6);
  expect(isMoving(statusOf({ uploading: 1 }))).toBe(true);
  expect(isMoving(statusOf({ uploading: 1 }, { settings: { isPaused: true } }))).toBe(false);
  expect(isMoving(statusOf({ processing: 1, queued: 4 }))).toBe(false);
});

describe('a name', () => {
  test('gives way in its middle, by characters as people count them', () => {
    expect(shownName('a-very-long-name-of-a-picture.png', 15)).toBe('a-very-…ure.png');
    expect(shownName('short.png', 15)).toBe('short.png');
    const family = '👨‍👩‍👧‍👦';
    expect(shownName(family.repeat(5), 3)).toBe(`${family}…${family}`);
  });

  test('never brings a path, a control, or a change of direction', () => {
    expect(shownName('/home/me/secret/a.png', 40)).toBe('a.png');
    expect(shownName('C:\\Users\\me\\a.png', 40)).toBe('a.png');
    expect(shownName('photo\u202Egnp.exe', 40)).toBe('photo\uFFFDgnp.exe');
    expect(shownName('a\nb\tc', 40)).toBe('a\uFFFDb\uFFFDc');
    expect(shownName('x\uD800', 40)).toBe('x\uFFFD');
    expect(isolated('שלום.png')).toBe('\u2068שלום.png\u2069');
    expect(menuText('R&D.png')).toBe('R&&D.png');
  });
});

test('amounts in words', () => {
  expect([counted(1, 'file'), counted(1204, 'file')]).toEqual(['1 file', '1,204 files']);
  expect([
    aboutText(20_000),
    aboutText(9 * 60_000),
    aboutText(3 * 3_600_000),
    aboutText(72 * 3_600_000),
  ]).toEqual(['less than a minute', 'about 9 min', 'about 3 h', 'about 3 days']);
});
