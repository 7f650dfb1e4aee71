/** Which data keys this host can use: the first seals, all of them open. */
import { randomBytes } from 'node:crypto';
import type { Host, KeyWrap, Notice, Unwrapped } from '#ports/host.ts';
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
  const [first, ...others] = await unwrapAll(keyWrap, stored, secrets);
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

async function unwrapAll(
  keyWrap: KeyWrap,
  stored: readonly string[],
  secrets: SecretsFile,
): Promise<readonly Uint8Array[]> {
  const keys: Uint8Array[] = [];
  for (const wrapped of stored) {
    const opened = await unwrap(keyWrap, Buffer.from(wrapped, 'base64'));
    if (opened === null) continue;
    keys.push(opened.key);
    if (!opened.isStale) continue;
    const fresh = await wrapProven(keyWrap, opened.key);
    // What could not be made anew can still be opened as it is.
    if (fresh !== null) replaceWrap(secrets, keyWrap.name, wrapped, fresh);
  }
  return keys;
}

async function unwrap(keyWrap: KeyWrap, wrapped: Uint8Array): Promise<Unwrapped | null> {
  try {
    const opened = await keyWrap.unwrap(wrapped);
    return opened.key.length === dataKeyBytes ? opened : null;
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
    return again !== null && Buffer.from(again.key).equals(key) ? wrapped : null;
  } catch {
    return null;
  }
}

function addWrap(secrets: SecretsFile, name: string, wrapped: Uint8Array): boolean {
  const before = (secrets.current.wraps[name] ?? []).slice(0, maxWraps - 1);
  return saveWraps(secrets, name, [...before, Buffer.from(wrapped).toString('base64')]);
}

function replaceWrap(secrets: SecretsFile, name: string, old: string, fresh: Uint8Array): void {
  const before = secrets.current.wraps[name] ?? [];
  const text = Buffer.from(fresh).toString('base64');
  saveWraps(
    secrets,
    name,
    before.map((wrap) => (wrap === old ? text : wrap)),
  );
}

/** Answers whether it is on disk. */
function saveWraps(secrets: SecretsFile, name: string, wraps: readonly string[]): boolean {
  const { current } = secrets;
  try {
    secrets.save({ ...current, wraps: { ...current.wraps, [name]: [...wraps] } });
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
