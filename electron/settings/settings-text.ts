/** Settings, destinations and watch folders as a text to carry to another data directory. No secret is ever in it. Pure. */
import { z } from 'zod';
import { UploadError } from '#ports/upload-error.ts';
import { settingsSchema } from '#shared/settings.ts';
import type { StoredConfig } from './stored-config.ts';

const format = 'hoist-settings';
const version = 1;
export const longestText = 1_048_576;

/** State of one data directory rather than a wish of its owner: these stay where they are. */
const stayingSettings: readonly string[] = ['isPaused', 'hasSeenFirstRun'];

export const carriedSettings: readonly string[] = Object.keys(settingsSchema.shape).filter(
  (field) => !stayingSettings.includes(field),
);

export interface SettingsText {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly destinations: readonly unknown[];
  readonly watchFolders: readonly unknown[];
}

/** What it is about is known by now, its entries are not looked at yet. */
const textSchema = z.object({
  format: z.literal(format),
  version: z.number().int().positive(),
  settings: z.record(z.string(), z.unknown()).default({}),
  destinations: z.array(z.unknown()).default([]),
  watchFolders: z.array(z.unknown()).default([]),
});

export function writeSettingsText({ settings, destinations, watchFolders }: StoredConfig): string {
  const carried = Object.entries(settings).filter(([field]) => carriedSettings.includes(field));
  const content = {
    format,
    version,
    settings: Object.fromEntries(carried),
    destinations,
    watchFolders: watchFolders.filter(({ isTemporary }) => isTemporary !== true),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Throws UploadError `invalid` for whatever `writeSettingsText` did not write. */
export function readSettingsText(text: string): SettingsText {
  if (Buffer.byteLength(text) > longestText) throw refused('The text is longer than 1 MB.');
  const parsed = textSchema.safeParse(parseJson(text));
  if (!parsed.success) throw refused('These are not the exported settings of Hoist.');
  if (parsed.data.version > version) throw refused('A newer version of Hoist has written this.');
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}

const refused = (message: string) => new UploadError('invalid', message);
