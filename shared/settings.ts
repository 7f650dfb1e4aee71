/** Settings of one data directory: schema, defaults and limits. */
import { z } from 'zod';

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

const fields = {
  defaultDestinationId: z.string().nullable(),
  /** Bytes a second over all destinations; null: no limit. */
  bandwidthLimit: bytesASecond.nullable(),
  isPaused: z.boolean(),
  maxAttempts: z.number().int().min(1).max(100),
  /** Look for the same content under another name before reserving. */
  reuseSameContent: z.boolean(),
  linkTemplate: z.string().max(2000).nullable(),
};

export const settingsSchema = z.object({
  defaultDestinationId: fields.defaultDestinationId.default(null),
  bandwidthLimit: fields.bandwidthLimit.default(null),
  slowMode: z
    .object({
      isOn: slowModeFields.isOn.default(false),
      bandwidthLimit: slowModeFields.bandwidthLimit.default(262_144),
      hours: slowModeFields.hours.default(null),
    })
    .prefault({}),
  isPaused: fields.isPaused.default(false),
  maxAttempts: fields.maxAttempts.default(8),
  reuseSameContent: fields.reuseSameContent.default(false),
  linkTemplate: fields.linkTemplate.default(null),
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
    retention: z.strictObject(retentionFields).partial(),
  })
  .partial();
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;
