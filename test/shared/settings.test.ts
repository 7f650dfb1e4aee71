import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settingsPatchSchema, settingsSchema } from '#shared/settings.ts';
import { watchFolderDraftSchema, watchFolderSchema } from '#shared/watch-folder.ts';

const day = 86_400_000;
const defaults = {
  defaultDestinationId: null,
  bandwidthLimit: null,
  slowMode: { isOn: false, bandwidthLimit: 250_000, hours: null },
  isPaused: false,
  maxAttempts: 8,
  reuseSameContent: false,
  linkTemplate: null,
  theme: 'system',
  density: 'comfortable',
  notifications: { completed: true, problems: true },
  copyAfterUpload: 'manual',
  copyFormat: 'link',
  launchAtLogin: false,
  closeToTray: true,
  afterUploadDefault: { kind: 'keep' },
  hasSeenFirstRun: false,
  retention: { completedMs: 365 * day, timelineMs: 90 * day, databaseCopies: 7 },
};

test('nothing given is the defaults, and those parse to themselves', () => {
  expect(settingsSchema.parse({})).toEqual(defaults);
  expect(settingsSchema.parse(defaults)).toEqual(defaults);
});

test('a group given in part has the defaults of the rest', () => {
  expect(settingsSchema.parse({ slowMode: { isOn: true }, retention: {} })).toEqual({
    ...defaults,
    slowMode: { ...defaults.slowMode, isOn: true },
  });
});

describe('a patch', () => {
  test.each([
    {},
    { isPaused: true },
    { slowMode: { isOn: true } },
    { retention: { databaseCopies: 1 } },
    { bandwidthLimit: null },
    { notifications: { problems: false } },
    { copyFormat: 'template' },
    { copyFormat: 'markdown', copyAfterUpload: 'always' },
    { afterUploadDefault: { kind: 'move', directory: 'Sent' } },
  ])('says what it says and no more: %o', (patch) => expect(settingsPatchSchema.parse(patch)).toEqual(patch));

  test('of any of the fields parses to itself', () => {
    const subsets = fc.subarray(Object.keys(defaults) as (keyof typeof defaults)[]);
    fc.assert(
      fc.property(subsets, (fields) => {
        const patch = Object.fromEntries(fields.map((field) => [field, defaults[field]]));
        expect(settingsPatchSchema.parse(patch)).toEqual(patch);
      }),
    );
  });

  test.each([
    { maxAttemps: 5 },
    { slowMode: { on: true } },
    { maxAttempts: 0 },
    { maxAttempts: 1.5 },
    { bandwidthLimit: 1023 },
    { retention: { timelineMs: day - 1 } },
    { slowMode: { hours: { from: 24, to: 1 } } },
    { linkTemplate: 'x'.repeat(2001) },
    { theme: 'sepia' },
    { density: 'cosy' },
    { copyFormat: 'latex' },
    { copyAfterUpload: 'sometimes' },
    { notifications: { failed: true } },
    { afterUploadDefault: { kind: 'move' } },
    { closeToTray: null },
  ])('with a wrong name or a value out of its limits is refused: %o', (patch) =>
    expect(settingsPatchSchema.safeParse(patch).success).toBe(false),
  );
});

test('a watch folder has its defaults', () => {
  const draft = { path: '/photos', destinationId: 'd' };
  const filled = {
    ...draft,
    existing: 'baseline',
    ignore: [],
    settleMs: 2000,
    changed: 'new',
    after: { kind: 'keep' },
    isPaused: false,
  };
  expect(watchFolderDraftSchema.parse(draft)).toEqual(filled);
  expect(watchFolderSchema.parse({ ...draft, id: 'f' })).toEqual({ ...filled, id: 'f', addedAt: 0 });
});
