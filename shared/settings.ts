/** Settings of one data directory: schema, defaults and limits. */
import { z } from 'zod';
import { linkFormats } from './asset.ts';
import { afterUploadSchema } from './watch-folder.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];
/** Whose links go to the clipboard by themselves: nobody's, those of files given by hand, all. */
export const copyRules = ['never', 'manual', 'always'] as const;
export type CopyRule = (typeof copyRules)[number];
/** `template` writes the link with `linkTemplate`, and as `link` while there is none. */
export const copyFormats = [...linkFormats, 'template'] as const;
export type CopyFormat = (typeof copyFormats)[number];

const day = 86_400_000;
const bytesASecond = z.number().int().min(1024);

const slowModeFields = {
  isOn: z.boolean(),
  bandwidthLimit: bytesASecond,
  /** Local hours [from, to); null: by hand only. */
  hours: z.object({ from: z.number().int().min(0).max(23), to: z.number().int().min(0).max(24) }).nullable(),
};

const retentionFields = {
  completedMs: z.number().int().min(day),
  timelineMs: z.number().int().min(day),
  databaseCopies: z.number().int().min(1).max(30),
};

const notificationFields = {
  /** A batch is done. */
  completed: z.boolean(),
  /** Something failed for good, or needs the person. */
  problems: z.boolean(),
};

const fields = {
  defaultDestinationId: z.string().nullable(),
  /** Bytes a second over all destinations; null: no limit. */
  bandwidthLimit: bytesASecond.nullable(),
  isPaused: z.boolean(),
  maxAttempts: z.number().int().min(1).max(100),
  /** Look for the same content under another name before reserving. */
  reuseSameContent: z.boolean(),
  linkTemplate: z.string().max(2000).nullable(),
  theme: z.enum(themes),
  density: z.enum(densities),
  copyAfterUpload: z.enum(copyRules),
  copyFormat: z.enum(copyFormats),
  launchAtLogin: z.boolean(),
  /** Closing the last window leaves the engine running. */
  closeToTray: z.boolean(),
  /** What the form of a new watch folder begins with; a folder keeps what it was added with. */
  afterUploadDefault: afterUploadSchema,
  hasSeenFirstRun: z.boolean(),
};

export const settingsSchema = z.object({
  defaultDestinationId: fields.defaultDestinationId.default(null),
  bandwidthLimit: fields.bandwidthLimit.default(null),
  slowMode: z
    .object({
      isOn: slowModeFields.isOn.default(false),
      bandwidthLimit: slowModeFields.bandwidthLimit.default(250_000),
      hours: slowModeFields.hours.default(null),
    })
    .prefault({}),
  isPaused: fields.isPaused.default(false),
  maxAttempts: fields.maxAttempts.default(8),
  reuseSameContent: fields.reuseSameContent.default(false),
  linkTemplate: fields.linkTemplate.default(null),
  theme: fields.theme.default('system'),
  density: fields.density.default('comfortable'),
  notifications: z
    .object({
      completed: notificationFields.completed.default(true),
      problems: notificationFields.problems.default(true),
    })
    .prefault({}),
  copyAfterUpload: fields.copyAfterUpload.default('manual'),
  copyFormat: fields.copyFormat.default('link'),
  launchAtLogin: fields.launchAtLogin.default(false),
  closeToTray: fields.closeToTray.default(true),
  afterUploadDefault: fields.afterUploadDefault.default({ kind: 'keep' }),
  hasSeenFirstRun: fields.hasSeenFirstRun.default(false),
  retention: z
    .object({
      completedMs: retentionFields.completedMs.default(365 * day),
      timelineMs: retentionFields.timelineMs.default(90 * day),
      databaseCopies: retentionFields.databaseCopies.default(7),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;

/**
 * A change of some settings; what it does not name stays. Made from the fields without their defaults: zod fills a
 * default in under `partial()` too, and a patch of one setting would set all others back.
 */
export const settingsPatchSchema = z
  .strictObject({
    ...fields,
    slowMode: z.strictObject(slowModeFields).partial(),
    notifications: z.strictObject(notificationFields).partial(),
    retention: z.strictObject(retentionFields).partial(),
  })
  .partial();
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;
