/** Keys of destinations, sealed. Each is bound to its destination and to the origin that it was given for. */
import { z } from 'zod';
import type { Sealer } from '#ports/journal.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { Destination } from '#shared/destination.ts';
import { checkKey } from './key-text.ts';
import type { SecretsFile } from './secrets-file.ts';

/**
 * What is sealed. A key goes to one origin only: where the base URL of a destination changes its origin (by whoever
 * can change it), the key stays behind and must be entered again.
 */
const sealedKeySchema = z.object({ destinationId: z.string(), origin: z.string(), key: z.string() });

type SealedKey = z.infer<typeof sealedKeySchema>;

type Owner = Pick<Destination, 'id' | 'baseUrl'>;

export interface Credentials {
  /** The key; null where there is none, or none that can be opened here, or one for another origin. */
  read(owner: Owner): string | null;
  /** A key is stored, but cannot be opened here. */
  isClosed(id: string): boolean;
  /** Stores, or with null removes. Answers the undo. Throws UploadError `invalid` and `disk-full`. */
  write(owner: Owner, key: string | null): () => void;
}

export function createCredentials(options: {
  readonly secrets: SecretsFile;
  readonly sealer: Sealer;
  readonly isLasting: boolean;
}): Credentials {
  const { secrets, sealer } = options;
  /** Where the data key dies with the process, so do the keys; what is on disk stays for a host that can open it. */
  const passing = new Map<string, Uint8Array>();

  /** What was opened last, and from what: every request asks for its key. */
  const opened = new Map<string, { readonly from: string | Uint8Array; readonly content: SealedKey }>();

  const storedOf = (id: string): string | Uint8Array | null => {
    const stored = Object.hasOwn(secrets.current.keys, id) ? secrets.current.keys[id] : undefined;
    return passing.get(id) ?? stored ?? null;
  };
  const sealedOf = (id: string): Uint8Array | null => {
    const stored = storedOf(id);
    return typeof stored === 'string' ? Buffer.from(stored, 'base64') : stored;
  };
  const put = (id: string, sealed: Uint8Array | null): void => {
    if (!options.isLasting && sealed !== null) {
      passing.set(id, sealed);
      return;
    }
    passing.delete(id);
    const keys = { ...secrets.current.keys };
    if (sealed !== null) keys[id] = Buffer.from(sealed).toString('base64');
    else if (Object.hasOwn(keys, id)) delete keys[id];
    else return;
    secrets.save({ ...secrets.current, keys });
  };
  const open = (id: string): SealedKey | null => {
    const from = storedOf(id);
    const known = opened.get(id);
    if (from !== null && known?.from === from) return known.content;
    const sealed = sealedOf(id);
    const content = sealed === null ? null : parseKey(sealer.open(sealed));
    if (from !== null && content !== null) opened.set(id, { from, content });
    return content;
  };

  return {
    read(owner) {
      const found = open(owner.id);
      if (found === null || found.destinationId !== owner.id) return null;
      return found.origin === originOf(owner) ? found.key : null;
    },
    isClosed: (id) => sealedOf(id) !== null && open(id) === null,
    write(owner, key) {
      const before = sealedOf(owner.id);
      const content =
        key === null ? null : { destinationId: owner.id, origin: originOf(owner), key: checkKey(key) };
      put(owner.id, content === null ? null : sealer.seal(JSON.stringify(content)));
      return () => put(owner.id, before);
    },
  };
}

function parseKey(plain: string | null): SealedKey | null {
  if (plain === null) return null;
  try {
    return sealedKeySchema.safeParse(JSON.parse(plain)).data ?? null;
  } catch {
    return null;
  }
}

function originOf(owner: Owner): string {
  const url = URL.parse(owner.baseUrl);
  if (url === null) throw new UploadError('invalid', 'baseUrl: Give an http or https address.');
  return url.origin;
}
