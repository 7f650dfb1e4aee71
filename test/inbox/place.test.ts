import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FileIdentity, placeOf, safeName } from '../../electron/inbox/place.ts';

describe('names', () => {
  test.each<[string, string, NodeJS.Platform, string]>([
    ['plain', 'a b.png', 'linux', 'a b.png'],
    ['slashes', '../../etc/passwd', 'linux', '.._.._etc_passwd'],
    ['backslashes', '..\\x', 'linux', '.._x'],
    ['zero and control characters', 'a\0b\nc\u007f', 'linux', 'a_b_c_'],
    ['one dot', '.', 'linux', '_'],
    ['two dots', '..', 'linux', '_.'],
    ['hidden', '.htaccess', 'linux', '.htaccess'],
    ['half a character', 'a\ud800.png', 'linux', 'a\ufffd.png'],
    ['a device on Windows', 'CON.txt', 'win32', '_CON.txt'],
    ['a device elsewhere', 'CON.txt', 'linux', 'CON.txt'],
    ['no device', 'CONTENT.txt', 'win32', 'CONTENT.txt'],
    ['what Windows does not take', 'a:b?.png. ', 'win32', 'a_b_.png_'],
    ['too long', `${'ä'.repeat(200)}.png`, 'linux', `${'ä'.repeat(68)}.png`],
    ['too long without a dot', 'x'.repeat(300), 'linux', 'x'.repeat(140)],
  ])('%s', (_name, given, platform, safe) => expect(safeName(given, platform)).toBe(safe));

  test('any name is one file in its own folder, and the same one each time', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    const identities = fc.record({
      name: text.filter((name) => name !== ''),
      sizeBytes: fc.nat(),
      lastModified: fc.integer(),
      relativePath: fc.option(text),
    });
    fc.assert(
      fc.property(identities, fc.constantFrom<NodeJS.Platform>('linux', 'win32'), (identity, platform) => {
        const place = placeOf(identity, platform);
        expect(placeOf({ ...identity }, platform)).toEqual(place);
        expect(place[0]).toMatch(/^[0-9a-f]{24}$/);
        for (const part of place) {
          expect(part).not.toMatch(/^\.{0,2}$|[/\\\0]/);
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(140);
        }
        expect(Buffer.byteLength(place.join('/'))).toBeLessThan(800);
      }),
    );
  });

  test('the folders of a dropped folder are kept, without ways out of it', () => {
    const identity: FileIdentity = {
      name: 'c.png',
      sizeBytes: 1,
      lastModified: 1,
      relativePath: '/a/../b/./c.png',
    };
    expect(placeOf(identity, 'linux').slice(1)).toEqual(['a', 'b', 'c.png']);
    const deep = { ...identity, relativePath: `${'deep/'.repeat(200)}c.png` };
    expect(placeOf(deep, 'linux').slice(1)).toEqual(['c.png']);
  });
});
