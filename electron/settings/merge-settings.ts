import { type Settings, type SettingsPatch, settingsPatchSchema } from '#shared/settings.ts';
import { invalid, problemsOf } from './invalid.ts';

/** The settings with a patch laid over them; groups are merged field by field. Throws UploadError `invalid`. */
export function mergeSettings(settings: Settings, patch: SettingsPatch): Settings {
  const parsed = settingsPatchSchema.safeParse(patch);
  if (!parsed.success) throw invalid(problemsOf(parsed.error));
  const { slowMode, notifications, retention, ...plain } = parsed.data;
  return {
    ...settings,
    ...given(plain),
    slowMode: { ...settings.slowMode, ...given(slowMode ?? {}) },
    notifications: { ...settings.notifications, ...given(notifications ?? {}) },
    retention: { ...settings.retention, ...given(retention ?? {}) },
  };
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the fields that are undefined, which would wipe what they are laid over. */
const given = <T extends object>(fields: T): Given<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
