import type { Asset, Link, LinkKind } from '#shared/asset.ts';
import type { Destination, ProviderKind } from '#shared/destination.ts';
import type { Failure } from '#shared/failure.ts';
import type { ApiClient } from './api-client.ts';
import type { Reservation } from './reservation.ts';
import type { Rejection } from './transfer.ts';

/** A file as a provider must know it. */
export interface OutgoingFile {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly mimeType: string;
  /** Pupload: the upload edge it goes to; null where the flow has one only. */
  readonly edge: string | null;
}

/** Everything a provider's call may use. `signal` aborts its requests; their errors pass through untouched. */
export interface ProviderCall<D extends Destination = Destination> {
  readonly destination: D;
  readonly api: ApiClient;
  readonly signal: AbortSignal;
  /** Epoch ms. */
  readonly now: () => number;
  /** One sentence for the job's timeline ("The earlier reservation asset_12 stays unused at the service."). */
  readonly note: (sentence: string) => void;
}

/** What the UI and the check must know before any request. */
export interface ProviderLimits {
  readonly maxBytes: number | null;
  readonly minBytes: number;
  /** Accepted MIME types; null: not known, or all. */
  readonly types: readonly string[] | null;
  /** Pupload: the edges whose data well is `upload`; null for the others. */
  readonly edges: readonly string[] | null;
}

export type Inspection =
  /** The bytes are there: complete comes next. */
  | { readonly found: 'arrived' }
  /** They are not. `reservation`: a fresh one to use; null: the target is spent, reserve anew; absent: send again as it is. */
  | { readonly found: 'missing'; readonly reservation?: Reservation | null }
  /** The service had finished already. */
  | { readonly found: 'completed'; readonly asset: Asset };

export type Completion =
  | { readonly done: true; readonly asset: Asset }
  /** Not ready: ask again in this many ms. `reservation`: remember this (the provider's memo changed). */
  | { readonly done: false; readonly pollAfterMs: number; readonly reservation?: Reservation };

/** What a refusal by the store means. */
export type Verdict =
  | { readonly kind: 'expired' }
  /** The object is there already, from an earlier try of ours. */
  | { readonly kind: 'arrived' }
  /** It may or may not be there: inspect. */
  | { readonly kind: 'doubted'; readonly failure: Failure }
  /** This target cannot be used again (FLORA's form, Cyberun's key taken by another): renew, costs an attempt. */
  | { readonly kind: 'spent'; readonly failure: Failure }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly retryAfterMs: number | null };

export interface JudgedTry {
  readonly reservation: Reservation;
  /** An earlier try with this very target ended in doubt (so 412 means: it arrived). */
  readonly wasDoubted: boolean;
  /** An earlier try with this reservation's predecessor was already refused for its signature. */
  readonly signatureRefusedBefore: boolean;
  readonly sizeBytes: number;
  readonly now: number;
}

export interface Verification {
  /** What was proven, in words: "Far Side, owner"; "key accepted, 4 workflows visible". */
  readonly proof: string;
  /** More facts worth showing, one sentence each. */
  readonly details: readonly string[];
}

/**
 * One service's dialect. Stateless apart from caches; every method may be called again after a crash.
 * Methods throw UploadError with the code that `shared/failure.ts` lists; only surprises throw anything else.
 */
export interface Provider<D extends Destination = Destination> {
  readonly kind: ProviderKind;
  readonly linkKind: LinkKind;
  /** A target may be sent to again after a broken transfer. False: it must be renewed first (FLORA). */
  readonly isTargetReusable: boolean;
  /** Service confirms a lasting asset and its size: originals may be moved or trashed afterwards. */
  readonly confirmsLastingAsset: boolean;
  /** Plain http is normal for API and target (self-hosted Pupload). */
  readonly allowsPlainHttp: boolean;

  /** What the service's documents say of every account; `limits` may know more. */
  readonly documentedLimits: Omit<ProviderLimits, 'edges'>;
  /** Asked for once per destination and cached; may make a request. */
  limits(call: ProviderCall<D>): Promise<ProviderLimits>;
  /** The types that `limits` learned of, without asking; null: not asked yet, or no list. Absent: there is never one. */
  knownTypes?(destination: D): readonly string[] | null;
  /** Before any request for this file: size, type, name, edge. Null: nothing speaks against it. */
  check(file: OutgoingFile, destination: D, limits: ProviderLimits): Failure | null;
  /**
   * Asks for one target per file, in the order of `files`: one file, or for Pupload one flow run with a file per edge.
   * `reserveKey` is a UUID that was stored before the call and is the same when it is repeated after a crash.
   */
  reserve(
    files: readonly OutgoingFile[],
    reserveKey: string,
    call: ProviderCall<D>,
  ): Promise<readonly Reservation[]>;
  /** A fresh target for reservations that ran out or broke; keeps the asset where the service can (FLORA /retry). */
  renew(
    reservations: readonly Reservation[],
    files: readonly OutgoingFile[],
    reserveKey: string,
    call: ProviderCall<D>,
  ): Promise<readonly Reservation[]>;
  /** After an end that left doubt: has the service got the bytes? */
  inspect(reservation: Reservation, file: OutgoingFile, call: ProviderCall<D>): Promise<Inspection>;
  /** The bytes are there. `isRepeat`: an earlier complete may have been heard (crash, lost answer): look before telling. */
  complete(
    reservation: Reservation,
    file: OutgoingFile,
    isRepeat: boolean,
    call: ProviderCall<D>,
  ): Promise<Completion>;
  /** Whether the asset is ready by now. `pollCount` begins at 1. */
  poll(
    reservation: Reservation,
    file: OutgoingFile,
    pollCount: number,
    call: ProviderCall<D>,
  ): Promise<Completion>;
  /** Reads a store's refusal. Pure. */
  judge(rejection: Rejection, tried: JudgedTry): Verdict;
  /** What to paste, asked for anew where it is short-lived. Throws where the asset is gone. */
  link(asset: Asset, call: ProviderCall<D>): Promise<Link>;
  /** Proves what can be proven about key, account and options. */
  verify(call: ProviderCall<D>): Promise<Verification>;
}

export type ProviderRegistry = { readonly [K in ProviderKind]: Provider };
