/** What tests read afterwards: what arrived, how often, and what became of it. */
import { type ProviderKind, providerKinds } from '#shared/destination.ts';
import type { Stage } from './faults.ts';

export interface DialectCounts {
  requests: number;
  /** Targets handed out: reservations, and renewals of FLORA. */
  reservations: number;
  renewals: number;
  /** Upload requests that reached the store. */
  uploads: number;
  /** Bodies received to their last byte, stored or not. */
  bodies: number;
  bodyBytes: number;
  completes: number;
  polls: number;
  /** Assets made (Cyberun: objects stored; Pupload: runs that completed). */
  assets: number;
  /** Answers of 400 and above. */
  rejected: number;
}

export interface UploadStat {
  readonly dialect: ProviderKind;
  /** Asset id, file key, or flow run id. */
  readonly id: string;
  readonly fileName: string;
  readonly state: string;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  readonly contentType: string | null;
  /** Whole bodies received for it. */
  readonly bodies: number;
  /** Pupload: the upload edge. */
  readonly edge?: string;
  /** For the demo's own download path. */
  readonly object: { readonly bucket: string; readonly key: string };
}

export interface SeenRequest {
  readonly at: number;
  readonly dialect: ProviderKind | null;
  readonly stage: Stage;
  readonly method: string;
  /** Without its query: that is a secret. */
  readonly path: string;
  /** Null: the connection broke, or was broken. */
  readonly status: number | null;
}

export interface DemoStats {
  readonly dialects: Readonly<Record<ProviderKind, Readonly<DialectCounts>>>;
  /** Requests to the store that carried Authorization, Cookie or X-Team-ID: must be 0. */
  readonly leakedCredentials: number;
  /** Newest first. */
  readonly uploads: readonly UploadStat[];
  /** The last thousand requests, oldest first. */
  readonly recent: readonly SeenRequest[];
}

const recentLimit = 1000;

/** Counts since the service started. */
export class Counters {
  readonly dialects = Object.fromEntries(providerKinds.map((kind) => [kind, noCounts()])) as Record<
    ProviderKind,
    DialectCounts
  >;
  leakedCredentials = 0;
  readonly #recent: SeenRequest[] = [];

  saw(request: SeenRequest): void {
    this.#recent.push(request);
    // In bulk: shifting one element per request would move a thousand.
    if (this.#recent.length > 2 * recentLimit) this.#recent.splice(0, recentLimit);
    if (request.dialect === null) return;
    const counts = this.dialects[request.dialect];
    counts.requests += 1;
    if (request.stage === 'poll') counts.polls += 1;
    if (request.status !== null && request.status >= 400) counts.rejected += 1;
  }

  recent(): readonly SeenRequest[] {
    return this.#recent.slice(-recentLimit);
  }
}

function noCounts(): DialectCounts {
  return {
    requests: 0,
    reservations: 0,
    renewals: 0,
    uploads: 0,
    bodies: 0,
    bodyBytes: 0,
    completes: 0,
    polls: 0,
    assets: 0,
    rejected: 0,
  };
}
