/** Which data keys this host can use: the first seals, all of them open. */
import { randomBytes } from 'node:crypto';
import type { Host, KeyWrap, Notice } from '#ports/host.ts';
import { ensureKeyFile, readKeyFile } from './key-file.ts';
import { dataKeyBytes } from './sealer.ts';
import type { SecretsFile } from './secrets-file.ts';

export interface DataKeys {
  readonly keys: readonly [Uint8Array, ...Uint8Array[]];
  /** False: the first key dies with this process, so nothing that is sealed with it may replace what is stored. */
  readonly isLasting: boolean;
  readonly notices: readonly Notice[];
}

/** A keychain that is broken at every start must not fill the file. */
const maxWraps = 8;

export async function openDataKeys(options: {
  readonly directory: string;
  readonly host: Host;
  readonly secrets: SecretsFile;
  readonly now: number;
}): Promise<DataKeys> {
  const { host, directory, now } = options;
  if (host.keyWrap !== null) return openWrapped(options, host.keyWrap);
  const file = ensureKeyFile(directory, now);
  if (file.kind === 'key') return { keys: [file.key], isLasting: true, notices: file.notices };
  return forThisProcess(file.notices);
}

/**
 * A host with a keychain. It also reads the key file of the other hosts, where there is one, so that a directory has
 * one key wherever that can be; a host that cannot open its own wrap adds a new one and leaves the old ones be.
 */
async function openWrapped(
  { directory, secrets, now }: { directory: string; secrets: SecretsFile; now: number },
  keyWrap: KeyWrap,
): Promise<DataKeys> {
  const file = readKeyFile(directory, now);
  const fromFile = file.kind === 'key' ? [file.key] : [];
  const stored = secrets.current.wraps[keyWrap.name] ?? [];
  const [first, ...others] = await unwrapAll(keyWrap, stored);
  if (first !== undefined) {
    return { keys: [first, ...others, ...fromFile], isLasting: true, notices: file.notices };
  }

  const lost =
    stored.length === 0 ? [] : [warn('The keychain could not open the key of this data directory.')];
  const notices = [...file.notices, ...lost];
  const key = fromFile[0] ?? randomBytes(dataKeyBytes);
  const wrapped = await wrapProven(keyWrap, key);
  if (wrapped !== null && addWrap(secrets, keyWrap.name, wrapped)) {
    return { keys: [key], isLasting: true, notices };
  }
  return fromFile.length > 0 ? { keys: [key], isLasting: true, notices } : forThisProcess(notices);
}

async function unwrapAll(keyWrap: KeyWrap, stored: readonly string[]): Promise<readonly Uint8Array[]> {
  const keys: Uint8Array[] = [];
  for (const wrapped of stored) {
    const key = await unwrap(keyWrap, Buffer.from(wrapped, 'base64'));
    if (key !== null) keys.push(key);
  }
  return keys;
}

async function unwrap(keyWrap: KeyWrap, wrapped: Uint8Array): Promise<Uint8Array | null> {
  try {
    const key = await keyWrap.unwrap(wrapped);
    return key.length === dataKeyBytes ? key : null;
  } catch {
    // Another user, another machine, a lost or locked keychain.
    return null;
  }
}

/** A wrap is worth something only if it can be opened again. */
async function wrapProven(keyWrap: KeyWrap, key: Uint8Array): Promise<Uint8Array | null> {
  try {
    const wrapped = await keyWrap.wrap(key);
    const again = await unwrap(keyWrap, wrapped);
    return again !== null && Buffer.from(again).equals(key) ? wrapped : null;
  } catch {
    return null;
  }
}

function addWrap(secrets: SecretsFile, name: string, wrapped: Uint8Array): boolean {
  const { current } = secrets;
  const before = (current.wraps[name] ?? []).slice(0, maxWraps - 1);
  const wraps = { ...current.wraps, [name]: [...before, Buffer.from(wrapped).toString('base64')] };
  try {
    secrets.save({ ...current, wraps });
    return true;
  } catch {
    return false;
  }
}

function forThisProcess(notices: readonly Notice[]): DataKeys {
  const text =
    'No lasting place for keys was found: keys that are entered now are forgotten when Hoist stops, and stored ones cannot be opened.';
  return { keys: [randomBytes(dataKeyBytes)], isLasting: false, notices: [...notices, warn(text)] };
}

const warn = (text: string): Notice => ({ level: 'warning', text });
