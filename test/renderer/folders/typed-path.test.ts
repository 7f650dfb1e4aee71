import { describe, expect, test } from 'vitest';
import { breadcrumbs, splitTyped, suggest, withSeparator } from '../../../renderer/folders/typed-path.ts';

describe('a path that is being typed', () => {
  test.each<[string, string | null, string]>([
    ['', null, ''],
    ['Pic', null, 'Pic'],
    ['~', '~', ''],
    ['~/', '~/', ''],
    ['~/Pic', '~/', 'Pic'],
    ['/', '/', ''],
    ['/ho', '/', 'ho'],
    ['  /home/a', '/home/', 'a'],
    ['/home/a\\b', '/home/', 'a\\b'],
    ['C:\\Us', 'C:\\', 'Us'],
    ['C:\\Users\\', 'C:\\Users\\', ''],
    ['~\\Pic', '~\\', 'Pic'],
  ])('%j is in %j and begins with %j', (typed, directory, beginning) =>
    expect(splitTyped(typed)).toEqual({ directory, beginning }),
  );

  test('suggests what begins so before what holds it, in any case', () => {
    const named = ['My Pictures', 'Music', 'pictures', 'Public'].map((name) => ({ name, path: `/${name}` }));
    expect(suggest(named, 'PI').map(({ name }) => name)).toEqual(['pictures', 'My Pictures']);
    expect(suggest(named, '')).toEqual(named);
    expect(suggest(named, 'x')).toEqual([]);
  });

  test.each([
    ['/', '/'],
    ['/home', '/home/'],
    ['C:\\Users', 'C:\\Users\\'],
  ])('%j goes on as %j', (path, expected) => expect(withSeparator(path)).toBe(expected));
});

describe('the steps down to a folder', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['/', ['/'], ['/']],
    ['/home/ada', ['/', 'home', 'ada'], ['/', '/home', '/home/ada']],
    ['C:\\', ['C:\\'], ['C:\\']],
    ['C:\\Users\\Ada', ['C:\\', 'Users', 'Ada'], ['C:\\', 'C:\\Users', 'C:\\Users\\Ada']],
    ['\\\\nas\\stills\\2026', ['\\\\nas\\stills', '2026'], ['\\\\nas\\stills', '\\\\nas\\stills\\2026']],
  ])('%j', (path, names, paths) => {
    const steps = breadcrumbs(path);
    expect(steps.map(({ name }) => name)).toEqual(names);
    expect(steps.map((step) => step.path)).toEqual(paths);
  });
});
