import { expect, test } from 'vitest';
import { type AskedPath, readAsked } from '../../../renderer/folders/asked-path.ts';

test.each<[string, AskedPath]>([
  ['/renders/a b.png', { kind: 'whole', path: '/renders/a b.png' }],
  ['  /renders/a.png ', { kind: 'whole', path: '/renders/a.png' }],
  ['"/renders/a.png"', { kind: 'whole', path: '/renders/a.png' }],
  ["'/renders/it's.png'", { kind: 'whole', path: "/renders/it's.png" }],
  ['/renders/"a"', { kind: 'whole', path: '/renders/"a"' }],
  ['C:\\renders\\a.png', { kind: 'whole', path: 'C:\\renders\\a.png' }],
  ['c:/renders/a.png', { kind: 'whole', path: 'c:/renders/a.png' }],
  ['\\\\nas\\stills\\a.png', { kind: 'whole', path: '\\\\nas\\stills\\a.png' }],
  ['~', { kind: 'home', path: '~' }],
  ['~/renders/a.png', { kind: 'home', path: '~/renders/a.png' }],
  ['~\\renders', { kind: 'home', path: '~\\renders' }],
  ['~$lock.docx', { kind: 'partial' }],
  ['~ada/a.png', { kind: 'partial' }],
  ['a.png', { kind: 'partial' }],
  ['../a.png', { kind: 'partial' }],
  ['C:a.png', { kind: 'partial' }],
])('%j', (typed, read) => expect(readAsked(typed)).toEqual(read));
