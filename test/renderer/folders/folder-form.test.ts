import { describe, expect, test } from 'vitest';
import {
  draftOf,
  emptyForm,
  type FolderForm,
  type FormField,
  type FormPlace,
  firstDestination,
  formOf,
  ownFirst,
  patchOf,
  problemsOf,
  whyNot,
  whyNotYet,
} from '../../../renderer/folders/folder-form.ts';
import { destinationSchema } from '../../../shared/destination.ts';
import type { DestinationView } from '../../../shared/ipc.ts';
import { watchFolderDraftSchema, watchFolderSchema } from '../../../shared/watch-folder.ts';

const view = (
  id: string,
  kind: 'flora' | 'cyberun' | 'runflow' | 'pupload',
  isDemo = false,
): DestinationView => ({
  destination: destinationSchema.parse({
    id,
    name: id,
    kind,
    baseUrl: 'https://api.example.com',
    isDemo,
    ...(kind === 'flora' ? { workspaceId: 'ws_1' } : {}),
    ...(kind === 'pupload' ? { projectId: '6f3a3c1e-9d0b-4a57-8f43-0d4f5b1f4c11', flowName: 'f' } : {}),
  }),
  hasKey: true,
  keyEnding: null,
  hold: null,
  mimeTypes: null,
});

const demo = [view('demo-runflow', 'runflow', true), view('demo-flora', 'flora', true)];
const place = (own: readonly DestinationView[], isDesktop = false): FormPlace => ({
  destinations: [...demo, ...own],
  isDesktop,
});
const settings = { afterUploadDefault: { kind: 'keep' }, defaultDestinationId: null } as const;
const form = (change: Partial<FolderForm> = {}): FolderForm => ({
  ...emptyForm('~/Renders', settings, place([])),
  ...change,
});

describe('where a new folder leads', () => {
  const [one, two] = [view('one', 'runflow'), view('two', 'cyberun')];
  test.each<[string, readonly DestinationView[], string | null, string | null]>([
    ['the default', [...demo, one, two], 'two', 'two'],
    ['a default of the demo service', [...demo, one], 'demo-runflow', 'demo-runflow'],
    ['the only own one', [...demo, one], null, 'one'],
    ['the only own one, where the default is gone', [...demo, one], 'gone', 'one'],
    ['nowhere, where there are several', [...demo, one, two], null, null],
    ['the demo service, where there is nothing else', demo, null, 'demo-flora'],
    ['nowhere, where there is nothing at all', [], null, null],
  ])('%s', (_, views, defaultId, expected) => expect(firstDestination(views, defaultId)).toBe(expected));

  test('lists the own ones first', () =>
    expect(ownFirst([...demo, one]).map(({ destination }) => destination.id)).toEqual([
      'one',
      'demo-runflow',
      'demo-flora',
    ]));
});

describe('what becomes of originals', () => {
  const own = [view('keeps', 'flora'), view('forgets', 'cyberun'), view('flows', 'pupload')];
  test.each<[FolderForm['after'], string | null, boolean, RegExp | null]>([
    ['keep', 'forgets', false, null],
    ['move', 'keeps', false, null],
    ['move', 'forgets', true, /^forgets does not confirm/],
    ['move', 'flows', true, /^flows does not confirm/],
    ['move', null, false, null],
    ['trash', 'keeps', false, /desktop/],
    ['trash', 'keeps', true, null],
    ['trash', 'forgets', true, /^forgets does not confirm/],
  ])('%s to %s, desktop %s', (after, id, isDesktop, reason) => {
    const said = whyNot(after, id, place(own, isDesktop));
    if (reason === null) expect(said).toBeNull();
    else expect(said).toMatch(reason);
  });

  test('begins as the settings say, and keeps them where that cannot be', () => {
    const wished = (kind: 'trash', isDesktop: boolean) =>
      emptyForm('', { ...settings, afterUploadDefault: { kind } }, place([], isDesktop)).after;
    expect(wished('trash', true)).toBe('trash');
    expect(wished('trash', false)).toBe('keep');
    const moved = emptyForm(
      '',
      { ...settings, afterUploadDefault: { kind: 'move', directory: 'sent' } },
      place([]),
    );
    expect([moved.after, moved.moveTo]).toEqual(['move', 'sent']);
  });
});

describe('the form as the contract takes it', () => {
  test('leaves out what is empty, and takes the path that was found', () => {
    const draft = draftOf(form({ ignore: '\n drafts/\r\n\n*.psd \n' }), '/home/ada/Renders');
    expect(draft).toEqual({
      path: '/home/ada/Renders',
      destinationId: 'demo-flora',
      existing: 'baseline',
      ignore: [' drafts/', '*.psd '],
      settleMs: 2000,
      changed: 'new',
      after: { kind: 'keep' },
    });
    expect(() => watchFolderDraftSchema.parse(draft)).not.toThrow();
  });

  test('says limits in bytes, and the directory without blanks', () => {
    const typed = form({
      minSize: '1 kB',
      maxSize: '50 MiB',
      settleSeconds: 0.5,
      after: 'move',
      moveTo: ' up ',
    });
    expect(draftOf(typed, '/r')).toMatchObject({
      minBytes: 1000,
      maxBytes: 52_428_800,
      settleMs: 500,
      after: { kind: 'move', directory: 'up' },
    });
  });

  test.each<[Partial<FolderForm>]>([[{ destinationId: null }], [{ minSize: 'tiny' }], [{ maxSize: 'huge' }]])(
    'is none with %j',
    (change) => expect(draftOf(form(change), '/r')).toBeNull(),
  );
});

describe('a folder that is there', () => {
  const folder = watchFolderSchema.parse({
    id: 'f1',
    path: '/home/ada/Renders',
    destinationId: 'demo-flora',
    existing: 'include',
    ignore: ['drafts/', '# words', '!keep'],
    minBytes: 1,
    maxBytes: 123_456_789,
    settleMs: 1500,
    changed: 'ignore',
    after: { kind: 'move', directory: 'uploaded' },
  });

  test('comes back as it was: nothing is changed by opening the form', () => {
    const draft = draftOf(formOf(folder), folder.path);
    expect(draft).not.toBeNull();
    if (draft !== null) expect(patchOf(draft, folder)).toEqual({});
  });

  test.each<[Partial<FolderForm>, Record<string, unknown>]>([
    [{ ignore: 'drafts/' }, { ignore: ['drafts/'] }],
    [
      { minSize: '', maxSize: '' },
      { minBytes: null, maxBytes: null },
    ],
    [{ maxSize: '1 GB' }, { maxBytes: 1_000_000_000 }],
    [{ after: 'keep' }, { after: { kind: 'keep' } }],
    [
      { destinationId: 'demo-runflow', settleSeconds: 2 },
      { destinationId: 'demo-runflow', settleMs: 2000 },
    ],
    [{ changed: 'new' }, { changed: 'new' }],
    [{ existing: 'baseline' }, {}],
  ])('changed by %j is patched with %j', (change, patch) => {
    const draft = draftOf({ ...formOf(folder), ...change }, folder.path);
    expect(draft).not.toBeNull();
    if (draft !== null) expect(patchOf(draft, folder)).toEqual(patch);
  });
});

describe('what is wrong with the form', () => {
  test.each<[Partial<FolderForm>, readonly FormField[]]>([
    [{}, []],
    [{ path: '  ' }, ['path']],
    [{ destinationId: null }, ['destinationId']],
    [{ destinationId: 'gone' }, ['destinationId']],
    [{ after: 'trash' }, ['after']],
    [{ after: 'move', moveTo: ' ' }, ['moveTo']],
    [{ minSize: 'x', maxSize: 'y' }, ['minSize', 'maxSize']],
    [{ minSize: '2 MB', maxSize: '1 MB' }, ['minSize']],
    [{ minSize: '1 MB', maxSize: '1 MB' }, []],
    [{ minSize: '1 MB', maxSize: '0' }, []],
  ])('%j', (change, fields) => expect([...problemsOf(form(change), place([])).keys()]).toEqual(fields));
});

describe('why the form cannot be saved yet', () => {
  const why = (change: Partial<FolderForm>) => {
    const changed = form(change);
    return whyNotYet(changed, problemsOf(changed, place([])));
  };
  test.each<[Partial<FolderForm>, string | null]>([
    [{}, null],
    [{ path: ' ' }, 'Still needed: Folder'],
    [{ path: '', destinationId: null }, 'Still needed: Folder, Destination'],
    [{ after: 'move', moveTo: '' }, 'Still needed: Move to'],
    [{ minSize: 'tiny' }, 'Smallest file: Write a size such as 500 kB or 2 GB.'],
    [{ path: '', minSize: 'tiny' }, 'Still needed: Folder'],
  ])('%j: %j', (change, expected) => expect(why(change)).toBe(expected));
});
