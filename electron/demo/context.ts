import type { DatabaseSync } from 'node:sqlite';
import type { ProviderKind } from '#shared/destination.ts';
import type { DemoAddress } from './address.ts';
import type { FaultBook } from './fault-book.ts';
import type { Surface } from './http/surface.ts';
import type { DemoSettings } from './options.ts';
import type { Counters, UploadStat } from './stats.ts';
import type { ObjectStore } from './store/objects.ts';
import type { SigningKey } from './store/signature.ts';
import type { Targets } from './store/targets.ts';

/** What every dialect is built from. */
export interface DemoContext {
  readonly address: DemoAddress;
  readonly settings: DemoSettings;
  readonly database: DatabaseSync;
  readonly objects: ObjectStore;
  readonly targets: Targets;
  readonly faults: FaultBook;
  readonly counters: Counters;
  readonly secret: string;
  /** Of the store, for presigned URLs. */
  readonly signingKey: SigningKey;
  /** The service's clock, epoch ms, with its skew. */
  now(): number;
  /** A wait of the service's own, shortened by clockScale. */
  scaled(ms: number): number;
}

/** One of the four services, as the demo plays it. */
export interface Dialect {
  readonly surface: Surface;
  /** Everything that was reserved, newest first. */
  uploads(): Iterable<UploadStat>;
}

/** How long an upload target lives that is handed out now. */
export function targetTtl(context: DemoContext, dialect: ProviderKind, defaultMs: number): number {
  return context.faults.take('ttlMs', { dialect, stage: 'reserve' }) ?? context.settings.ttlMs ?? defaultMs;
}

/** A reservation for the statistics: what the store knows of its object, under the dialect's names. */
export function describeUpload(
  context: DemoContext,
  upload: Pick<UploadStat, 'dialect' | 'id' | 'fileName' | 'state' | 'object'> & { readonly edge?: string },
): UploadStat {
  const { bucket, key } = upload.object;
  const stored = context.objects.find(bucket, key);
  return {
    ...upload,
    sizeBytes: stored?.sizeBytes ?? null,
    sha256: stored?.sha256 ?? null,
    contentType: stored?.contentType ?? null,
    bodies: context.objects.bodies(bucket, key),
  };
}
