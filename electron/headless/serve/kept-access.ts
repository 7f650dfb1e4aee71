/** What the browser host remembers between its runs: its port, and the secret behind its cookies. */
import { randomBytes, randomInt } from 'node:crypto';
import { chmod, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

export interface KeptAccess {
  /** Tried first at each start, so that an open window finds the host again. */
  readonly port: number;
  readonly secret: Uint8Array;
}

const fileName = 'browser.json';
const secretBytes = 32;

/**
 * Below what systems hand out to outgoing connections (Linux from 32768, macOS and Windows from 49152), so that no
 * stranger sits on the port by chance.
 */
const portRange = { from: 20_000, to: 32_767 } as const;

export const randomPort = (): number => randomInt(portRange.from, portRange.to + 1);

const keptSchema = z.object({
  port: z.number().int().min(1024).max(65_535),
  secret: z
    .string()
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64url')))
    .refine((bytes) => bytes.length === secretBytes),
});

/** Reads `browser.json` of a data directory; makes it (mode 0600) where there is none that can be read. */
export async function keepAccess(dataDir: string): Promise<KeptAccess> {
  const path = join(dataDir, fileName);
  const kept = await read(path);
  if (kept !== null) return kept;
  const made = { port: randomPort(), secret: new Uint8Array(randomBytes(secretBytes)) };
  await write(path, JSON.stringify({ ...made, secret: Buffer.from(made.secret).toString('base64url') }));
  return made;
}

/** Null where the file is missing or damaged: then windows that are open need a new address, nothing else is lost. */
async function read(path: string): Promise<KeptAccess | null> {
  try {
    const kept = keptSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    // Whoever copied the directory may have opened it up.
    await chmod(path, 0o600);
    return kept;
  } catch {
    return null;
  }
}

async function write(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
