/**
 * A service in memory: an API that reserves and completes, and a store that takes bytes. It speaks four dialects in
 * small, each with the trap of its kind, and keeps the books that tests judge by: bodies that arrived whole, assets.
 */
import type { ProviderKind } from '#shared/destination.ts';
import type { ApiOp } from './sim-faults.ts';
import type { SimTime } from './sim-time.ts';

/** Each destination has its own credential, which begins with this. */
export const credentialMark = 'credential-of-';

export interface SimFile {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly edge: string | null;
}

/** A place that was reserved for one file. */
export interface SimSlot {
  readonly id: string;
  readonly kind: ProviderKind;
  readonly file: SimFile;
  readonly reserveKey: string;
  /** The slots of one flow run share it; else it is the id. */
  readonly remoteId: string;
  /** By true time, ms since the beginning; null: never. */
  expiresAt: number | null;
  /** The version whose bytes are there. */
  stored: string | null;
  /** Since when the one who sent it can know that it is there. */
  knowableAt: number;
  /** When the last body began to come. */
  begunAt: number;
  /** FLORA's form takes one try. */
  isSpent: boolean;
  polls: number;
  /** The service declared it failed: what came for it is worth nothing. */
  isVoid: boolean;
  assetId: string | null;
}

export interface SimBody {
  readonly slot: SimSlot;
  readonly path: string;
  readonly version: string;
}

export interface SimAsset {
  readonly id: string;
  readonly slot: SimSlot;
  readonly version: string;
}

export interface SimAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface StoreAnswer {
  readonly status: number;
  readonly code: string | null;
}

interface Asked {
  readonly files?: readonly SimFile[];
  readonly key?: string;
  readonly slots?: readonly string[];
  readonly isRepeat?: boolean;
}

export class SimService {
  isApiUp = true;
  isStoreUp = true;
  isKeyGood = true;
  ttlMs: number | null = null;
  /** False: the URL runs out, and nobody says when. */
  tellsExpiry = true;
  checksAt: 'start' | 'end' = 'start';
  apiMs = 20;
  storeMs = 20;
  /** How much longer or shorter than usual the next answer takes: where it varies, answers overtake each other. */
  jitter: () => number = () => 1;
  /** Requests of the API that came with another credential than this destination's. */
  strangeCredentials = 0;
  /** Targets that carried a credential to the store. */
  credentialsAtStore = 0;
  pollsNeeded = 0;
  maxBytes: number | null = null;
  readonly slots = new Map<string, SimSlot>();
  readonly bodies: SimBody[] = [];
  readonly assets: SimAsset[] = [];
  /** Every request of the API that was made, heard or not. */
  readonly requests: { readonly op: ApiOp; readonly name: string; readonly at: number }[] = [];
  /** Bodies that were begun, whole or not. */
  sends = 0;
  readonly #time: SimTime;
  #count = 0;

  readonly #name: string;

  constructor(time: SimTime, name: string) {
    this.#time = time;
    this.#name = name;
  }

  /** The time of one way there and back, ms, as long as the answer makes it. */
  travelMs(to: 'api' | 'store'): number {
    return (to === 'api' ? this.apiMs : this.storeMs) * this.jitter();
  }

  assetsOf(path: string): readonly SimAsset[] {
    return this.assets.filter(({ slot }) => slot.file.path === path);
  }

  bodiesOf(path: string): readonly SimBody[] {
    return this.bodies.filter((body) => body.path === path);
  }

  requestsOf(op: ApiOp): number {
    return this.requests.filter((request) => request.op === op).length;
  }

  handle(kind: ProviderKind, op: ApiOp, asked: Asked): SimAnswer {
    if (!this.isKeyGood) return { status: 401, body: null };
    const slots = (asked.slots ?? []).flatMap((id) => this.slots.get(id) ?? []);
    const [slot] = slots;
    if (op === 'inspect' || op === 'complete' || op === 'poll') this.#show(slots);
    switch (op) {
      case 'verify':
        return { status: 200, body: null };
      case 'reserve':
        return this.#reserve(kind, asked.files ?? [], asked.key ?? '');
      case 'renew':
        if (kind === 'flora' && slot !== undefined) return this.#retry(slot);
        return this.#reserve(kind, asked.files ?? [], asked.key ?? '');
      case 'inspect':
        return slot === undefined ? { status: 404, body: null } : this.#inspect(slot);
      case 'complete':
        return slot === undefined
          ? { status: 404, body: null }
          : this.#complete(slot, asked.isRepeat === true);
      case 'poll':
        return slot === undefined ? { status: 404, body: null } : this.#poll(slot);
    }
  }

  /** Before the first byte is looked at. */
  begin(slotId: string): StoreAnswer | null {
    this.sends += 1;
    const slot = this.slots.get(slotId);
    if (slot === undefined) return { status: 404, code: 'NoSuchKey' };
    slot.begunAt = this.#time.elapsed;
    if (slot.isSpent) return { status: 403, code: 'PolicySpent' };
    if (this.checksAt === 'start' && this.#isOver(slot)) return { status: 403, code: 'Expired' };
    return null;
  }

  /** The body is here, whole. `isLate`: whoever sent it has gone. */
  take(slotId: string, version: string, isLate: boolean): StoreAnswer {
    const slot = this.slots.get(slotId);
    if (slot === undefined) return { status: 404, code: 'NoSuchKey' };
    if (this.checksAt === 'end' && this.#isOver(slot)) return { status: 403, code: 'Expired' };
    if (slot.kind === 'cyberun' && slot.stored !== null) return { status: 412, code: 'PreconditionFailed' };
    slot.stored = version;
    if (!isLate) slot.knowableAt = Math.min(slot.knowableAt, this.#time.elapsed);
    if (slot.kind === 'flora') slot.isSpent = true;
    this.bodies.push({ slot, path: slot.file.path, version });
    if (slot.kind === 'cyberun') this.#makeAsset(slot);
    return { status: 200, code: null };
  }

  /** A form that was sent to once is used up, whatever came of it. */
  spend(slotId: string): void {
    const slot = this.slots.get(slotId);
    if (slot?.kind === 'flora') slot.isSpent = true;
  }

  #show(slots: readonly SimSlot[]): void {
    for (const slot of slots)
      if (slot.stored !== null) slot.knowableAt = Math.min(slot.knowableAt, this.#time.elapsed);
  }

  fail(slotIds: readonly string[]): void {
    for (const id of slotIds) {
      const slot = this.slots.get(id);
      if (slot !== undefined) slot.isVoid = true;
    }
  }

  #reserve(kind: ProviderKind, files: readonly SimFile[], key: string): SimAnswer {
    if (kind === 'flora') {
      const known = [...this.slots.values()].find(({ reserveKey }) => reserveKey === key);
      if (known !== undefined) return known.stored === null ? this.#retry(known) : this.#targets([known]);
    }
    this.#count += 1;
    const remoteId = `${this.#name}_${this.#count}`;
    const slots = files.map((file, index): SimSlot => {
      const slot: SimSlot = {
        id: kind === 'pupload' ? `${remoteId}.${index}` : remoteId,
        kind,
        file,
        reserveKey: key,
        remoteId,
        expiresAt: this.#expiry(),
        stored: null,
        knowableAt: Number.POSITIVE_INFINITY,
        begunAt: Number.NEGATIVE_INFINITY,
        isSpent: false,
        polls: 0,
        isVoid: false,
        assetId: null,
      };
      this.slots.set(slot.id, slot);
      return slot;
    });
    return this.#targets(slots);
  }

  #retry(slot: SimSlot): SimAnswer {
    if (slot.stored !== null) return { status: 409, body: null };
    slot.isSpent = false;
    slot.expiresAt = this.#expiry();
    return this.#targets([slot]);
  }

  #targets(slots: readonly SimSlot[]): SimAnswer {
    const ttlMs = this.tellsExpiry ? this.ttlMs : null;
    return {
      status: 200,
      body: { targets: slots.map(({ id, remoteId }) => ({ id, remoteId, ttlMs })) },
    };
  }

  #inspect(slot: SimSlot): SimAnswer {
    if (slot.stored !== null) return { status: 200, body: { found: 'arrived' } };
    if (slot.kind === 'flora') return this.#retry(slot);
    return { status: 200, body: { found: 'missing', isOver: this.#isOver(slot) } };
  }

  #complete(slot: SimSlot, isRepeat: boolean): SimAnswer {
    if (slot.kind === 'pupload' || slot.kind === 'flora') return this.#poll(slot);
    if (slot.stored === null) return { status: 409, body: null };
    // Told twice without a look first, a service may well make a second asset.
    if (slot.assetId === null || !isRepeat) this.#makeAsset(slot);
    return { status: 200, body: { assetId: slot.assetId } };
  }

  #poll(slot: SimSlot): SimAnswer {
    const run = [...this.slots.values()].filter(({ remoteId }) => remoteId === slot.remoteId);
    if (run.some(({ stored }) => stored === null)) {
      return slot.kind === 'pupload' ? { status: 200, body: { pending: true } } : { status: 409, body: null };
    }
    slot.polls += 1;
    if (slot.polls <= this.pollsNeeded) return { status: 200, body: { pending: true } };
    if (slot.assetId === null) this.#makeAsset(slot);
    return { status: 200, body: { assetId: slot.assetId } };
  }

  #makeAsset(slot: SimSlot): void {
    const id = `${this.#name}_asset_${this.assets.length + 1}`;
    slot.assetId = id;
    this.assets.push({ id, slot, version: slot.stored ?? '' });
  }

  #expiry(): number | null {
    return this.ttlMs === null ? null : this.#time.elapsed + this.ttlMs;
  }

  #isOver({ expiresAt }: SimSlot): boolean {
    return expiresAt !== null && this.#time.elapsed >= expiresAt;
  }
}
