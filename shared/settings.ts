/** Settings of one data directory: schema, defaults and limits. */
import { z } from 'zod';

const day = 86_400_000;

export const settingsSchema = z.object({
  defaultDestinationId: z.string().nullable().default(null),
  /** Bytes a second over all destinations; null: no limit. */
  bandwidthLimit: z.number().int().min(1024).nullable().default(null),
  slowMode: z
    .object({
      isOn: z.boolean().default(false),
      bandwidthLimit: z.number().int().min(1024).default(262_144),
      /** Local hours [from, to); null: by hand only. */
      hours: z
        .object({ from: z.number().int().min(0).max(23), to: z.number().int().min(0).max(24) })
        .nullable()
        .default(null),
    })
    .prefault({}),
  isPaused: z.boolean().default(false),
  maxAttempts: z.number().int().min(1).max(100).default(8),
  /** Look for the same content under another name before reserving. */
  reuseSameContent: z.boolean().default(false),
  linkTemplate: z.string().max(2000).nullable().default(null),
  retention: z
    .object({
      completedMs: z
        .number()
        .int()
        .min(day)
        .default(365 * day),
      timelineMs: z
        .number()
        .int()
        .min(day)
        .default(90 * day),
      databaseCopies: z.number().int().min(1).max(30).default(7),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;
export const settingsPatchSchema = settingsSchema.partial();
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;
