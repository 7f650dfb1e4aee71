/** What a directory remembers beside its objects: the secret, the ports, and who runs on it. */
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Ports } from './address.ts';

const secretSchema = z.string().regex(/^[0-9a-f]{64}$/);
const portSchema = z.number().int().min(1).max(65535);
const portsSchema = z.object({ api: portSchema, store: portSchema });

const nameSecret = (directory: string) => join(directory, 'secret');
const namePorts = (directory: string) => join(directory, 'ports.json');

export function readSecret(directory: string): string | null {
  return secretSchema.safeParse(readText(nameSecret(directory))?.trim()).data ?? null;
}

/** The secret, made on first use. Two starters agree on one: a link never replaces a file that is there. */
export function ensureSecret(directory: string): string {
  const there = readSecret(directory);
  if (there !== null) return there;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const made = randomBytes(32).toString('hex');
  const temporary = `${nameSecret(directory)}.${made.slice(0, 8)}`;
  writeFileSync(temporary, made, { mode: 0o600, flush: true });
  try {
    linkSync(temporary, nameSecret(directory));
  } catch {
    // Another starter was faster, or what lies there is no secret, or there are no links on this disk.
    if (readSecret(directory) === null) renameSync(temporary, nameSecret(directory));
  } finally {
    rmSync(temporary, { force: true });
  }
  return readSecret(directory) ?? made;
}

export function readPorts(directory: string): Ports | null {
  try {
    return portsSchema.parse(JSON.parse(readText(namePorts(directory)) ?? ''));
  } catch {
    return null;
  }
}

export function writePorts(directory: string, ports: Ports): void {
  const temporary = `${namePorts(directory)}.new`;
  writeFileSync(temporary, JSON.stringify(ports));
  renameSync(temporary, namePorts(directory));
}

/**
 * One demo service per directory: an exclusive lock on a small SQLite file. The system frees it when the process dies,
 * however it dies, so there is nothing stale to clean up. Null: somebody else holds it.
 */
export function acquireLock(directory: string): (() => void) | null {
  const database = new DatabaseSync(join(directory, 'lock.db'));
  try {
    database.exec('BEGIN EXCLUSIVE');
    return () => database.close();
  } catch (error) {
    database.close();
    if (error instanceof Error && /locked|busy/i.test(error.message)) return null;
    throw error;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
