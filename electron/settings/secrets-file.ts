/** `secrets.json`: wrapped data keys by host, and sealed keys by destination. Useless without a data key. */
import { join } from 'node:path';
import { z } from 'zod';
import type { Notice } from '#ports/host.ts';
import { replaceFile } from './durable-file.ts';
import { goodCopyOf, readKeptFile } from './kept-file.ts';
import { saveError } from './save-error.ts';

const base64 = z.base64();

const secretsSchema = z.object({
  version: z.literal(1),
  /** By the wrap's name, oldest first: a keychain that comes back finds the wrap it made before. */
  wraps: z.record(z.string(), z.array(base64)).default({}),
  /** By destination id. */
  keys: z.record(z.string(), base64).default({}),
});
export type Secrets = z.infer<typeof secretsSchema>;

export interface SecretsFile {
  readonly current: Secrets;
  /** Throws UploadError `disk-full` and keeps the old state, on disk and here, where there is no room. */
  save(next: Secrets): void;
}

export function openSecretsFile(
  directory: string,
  now: number,
): { readonly file: SecretsFile; readonly notices: readonly Notice[] } {
  const path = join(directory, 'secrets.json');
  const { value, notices } = readKeptFile({ path, parse, now });
  let current: Secrets = value ?? { version: 1, wraps: {}, keys: {} };
  const file: SecretsFile = {
    get current() {
      return current;
    },
    save(next) {
      const text = `${JSON.stringify(next, null, 2)}\n`;
      try {
        replaceFile(path, text);
      } catch (error) {
        throw saveError(path, error);
      }
      current = next;
      keepCopy(path, text);
    },
  };
  return { file, notices };
}

function parse(text: string): Secrets | null {
  try {
    return secretsSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function keepCopy(path: string, text: string): void {
  try {
    replaceFile(goodCopyOf(path), text);
  } catch {
    // The save itself is on disk; an older good copy is better than none.
  }
}
