/** How the demo service is set up. Where the documents of a service disagree, an option chooses the reading. */
import { type Clock, systemClock } from '#ports/clock.ts';
import type { DemoFaults } from './faults.ts';

export interface RunflowOptions {
  /** A second confirmation of the same upload: undocumented, so all three are playable. */
  readonly repeatedConfirm: 'again' | 'conflict' | 'duplicate';
  /** A confirmation before the bytes arrived; which of the two is undocumented. */
  readonly missingObject: 404 | 409;
  /** The shape of GET /v1/assets/types is undocumented; `absent` answers 404. */
  readonly typesShape: 'items' | 'strings' | 'absent';
  /** One version of the rate-limit page promises X-RateLimit-* on every answer, the other denies it. */
  readonly rateLimitHeaders: boolean;
  /** Life of the signed `url` inside an Asset. */
  readonly linkTtlMs: number;
}

export interface FloraOptions {
  /** The wire was camelCase until May 2026; the prose still shows it. */
  readonly keys: 'snake_case' | 'camelCase';
  /** A form for POST (`upload`), or only an `upload_url` for PUT. */
  readonly target: 'form' | 'put';
  /** A used Idempotency-Key: 409 by the specification, the original body again by the prose. */
  readonly usedKey: 'duplicate' | 'replay';
  /** `expires_at` is optional in the schema. */
  readonly expiresAt: boolean;
  /** Completing what is complete already: undocumented. */
  readonly repeatedComplete: 'conflict' | 'again';
  /** `project_id` on create: in the newer SDK, not in the specification, which forbids other properties. */
  readonly projectIdOnCreate: boolean;
  /** How long an asset stays pending after complete (divided by clockScale); 0: ready in the same answer. */
  readonly readyAfterMs: number;
  /** And how many GETs it takes at least. */
  readonly readyAfterPolls: number;
}

export interface CyberunOptions {
  /** 500 MB unless the operator changed it. */
  readonly maxBytes: number;
  /** Which status an oversize file gets is undocumented. */
  readonly oversizeStatus: 400 | 413;
  /** The sample of the reference page shows `{}`; the guide shows the two signed headers. */
  readonly uploadHeaders: boolean;
}

export interface PuploadOptions {
  /** A: v0.0.1; B: February 2026, the one the documents describe; C: main of April 2026. */
  readonly dialect: 'A' | 'B' | 'C';
  /** How long a step runs (divided by clockScale). */
  readonly stepMs: number;
  /** Where the last step's outputs are when the run is COMPLETE: the code leaves them in WaitingURLs. */
  readonly finalOutputs: 'waiting' | 'artifacts';
}

export interface DemoOptions {
  /** Holds the database, the objects, the secret, the ports and the lock. */
  readonly directory: string;
  /** Default: the ones stored in the directory, else free ones. */
  readonly port?: number;
  readonly storePort?: number;
  readonly clock?: Clock;
  /** How many times faster the service's own waits pass. Lifetimes (TTL, retention) are not scaled. */
  readonly clockScale?: number;
  readonly faults?: Partial<DemoFaults>;
  /** False: bodies are counted and hashed, not kept. */
  readonly keepObjects?: boolean;
  /** False: no SHA-256; for benchmarks of the network alone. */
  readonly hashObjects?: boolean;
  /** Bytes of objects on disk; beyond it the oldest go first. */
  readonly quotaBytes?: number;
  /** Life of every upload target; default: each dialect's own. */
  readonly ttlMs?: number;
  readonly runflow?: Partial<RunflowOptions>;
  readonly flora?: Partial<FloraOptions>;
  readonly cyberun?: Partial<CyberunOptions>;
  readonly pupload?: Partial<PuploadOptions>;
}

export interface DemoSettings {
  readonly directory: string;
  readonly clock: Clock;
  readonly clockScale: number;
  readonly keepObjects: boolean;
  readonly hashObjects: boolean;
  readonly quotaBytes: number;
  readonly ttlMs: number | null;
  readonly runflow: RunflowOptions;
  readonly flora: FloraOptions;
  readonly cyberun: CyberunOptions;
  readonly pupload: PuploadOptions;
}

const minute = 60_000;

/** Fills in the stricter reading of every contradiction. */
export function settle(options: DemoOptions): DemoSettings {
  return {
    directory: options.directory,
    clock: options.clock ?? systemClock,
    clockScale: options.clockScale ?? 1,
    keepObjects: options.keepObjects ?? true,
    hashObjects: options.hashObjects ?? true,
    quotaBytes: options.quotaBytes ?? 1024 ** 3,
    ttlMs: options.ttlMs ?? null,
    runflow: {
      repeatedConfirm: 'conflict',
      missingObject: 404,
      typesShape: 'items',
      rateLimitHeaders: false,
      linkTtlMs: 15 * minute,
      ...options.runflow,
    },
    flora: {
      keys: 'snake_case',
      target: 'form',
      usedKey: 'duplicate',
      expiresAt: true,
      repeatedComplete: 'conflict',
      projectIdOnCreate: false,
      readyAfterMs: 1500,
      readyAfterPolls: 0,
      ...options.flora,
    },
    cyberun: { maxBytes: 500_000_000, oversizeStatus: 413, uploadHeaders: true, ...options.cyberun },
    pupload: { dialect: 'C', stepMs: 1000, finalOutputs: 'waiting', ...options.pupload },
  };
}
