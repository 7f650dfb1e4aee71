/** A job as a person sees it: one file going to one destination. No secret ever gets in here. */
import type { Asset } from './asset.ts';
import type { ProviderKind } from './destination.ts';
import type { Failure } from './failure.ts';

export type JobId = number;

/** What a job does next; also its stage marks on the screen. */
export const steps = ['reserve', 'inspect', 'upload', 'complete'] as const;
export type Step = (typeof steps)[number];

export type JobState =
  /** Wants a lane. */
  | { readonly name: 'queued'; readonly step: Step }
  /** Asking the service for an upload target. */
  | { readonly name: 'reserving' }
  /** Asking the service what it has, after an end that left doubt. */
  | { readonly name: 'inspecting' }
  /** Bytes are going to the target. */
  | { readonly name: 'uploading' }
  /** The bytes are there; telling the service so. */
  | { readonly name: 'completing' }
  /** The service makes the asset ready; holds no lane. */
  | { readonly name: 'processing'; readonly pollAt: number }
  /** Backing off until `until` (epoch ms). */
  | {
      readonly name: 'waiting';
      readonly step: Step;
      readonly until: number;
      readonly failure: Failure | null;
    }
  /** The user said stop. */
  | { readonly name: 'paused'; readonly step: Step }
  /** Nothing will help but the user. */
  | { readonly name: 'blocked'; readonly step: Step; readonly failure: Failure }
  | { readonly name: 'completed'; readonly asset: Asset }
  /** Gave up; terminal until retried. */
  | { readonly name: 'failed'; readonly failure: Failure }
  | { readonly name: 'canceled' };

export const stateNames = [
  'queued',
  'reserving',
  'inspecting',
  'uploading',
  'completing',
  'processing',
  'waiting',
  'paused',
  'blocked',
  'completed',
  'failed',
  'canceled',
] as const satisfies readonly JobState['name'][];
export type StateName = JobState['name'];

export const tabs = ['active', 'waiting', 'needsYou', 'failed', 'done'] as const;
export type Tab = (typeof tabs)[number];

/** Each state is under exactly one tab; canceled jobs are seen under All only. */
export const tabOfState: Readonly<Record<StateName, Tab | null>> = {
  queued: 'waiting',
  reserving: 'active',
  inspecting: 'active',
  uploading: 'active',
  completing: 'active',
  processing: 'active',
  waiting: 'waiting',
  paused: 'waiting',
  blocked: 'needsYou',
  completed: 'done',
  failed: 'failed',
  canceled: null,
};

export const statesOfTab = (tab: Tab): readonly StateName[] =>
  stateNames.filter((name) => tabOfState[name] === tab);

export const isTerminal = (name: StateName): boolean =>
  name === 'completed' || name === 'failed' || name === 'canceled';
/** All its bytes are at the service, which has not said yet that they are an asset. */
export const hasArrived = (name: StateName): boolean => name === 'completing' || name === 'processing';
export const canRetry = (name: StateName): boolean =>
  name === 'failed' || name === 'canceled' || name === 'blocked';
export const canPause = (name: StateName): boolean =>
  name === 'queued' ||
  name === 'waiting' ||
  name === 'reserving' ||
  name === 'uploading' ||
  name === 'processing';
export const canCancel = (name: StateName): boolean => !isTerminal(name);

export type Origin = 'manual' | 'watched';

export interface UploadJob {
  readonly id: JobId;
  /** Grows with every change of any job: what changed since revision N is a query. */
  readonly revision: number;
  readonly destinationId: string;
  readonly destinationName: string;
  readonly kind: ProviderKind;
  readonly path: string;
  readonly name: string;
  readonly mimeType: string;
  readonly bytesTotal: number;
  /** What the socket took, at most 99 % until the store's 2xx. */
  readonly bytesSent: number;
  readonly bytesPerSecond: number | null;
  /** How long its bytes go on, ms; null: not known, or nothing moves. */
  readonly remainingMs: number | null;
  readonly edge: string | null;
  readonly origin: Origin;
  readonly watchFolderId: string | null;
  readonly batchId: string | null;
  readonly generation: number;
  readonly attempts: number;
  readonly renewals: number;
  readonly state: JobState;
  readonly link: string | null;
  readonly assetId: string | null;
  readonly sha256: string | null;
  readonly addedAt: number;
  readonly updatedAt: number;
  readonly completedAt: number | null;
}

/** What happened to a job, in the past tense. */
export const timelineKinds = [
  'found',
  'settled',
  'queued',
  'joined',
  'reserved',
  'renewed',
  'expired',
  'sent',
  'doubted',
  'inspected',
  'confirmed',
  'processing',
  'ready',
  'waiting',
  'held',
  'blocked',
  'unblocked',
  'failed',
  'paused',
  'resumed',
  'interrupted',
  'recovered',
  'changed',
  'moved',
  'canceled',
  'retried',
  'noted',
] as const;
export type TimelineKind = (typeof timelineKinds)[number];

export interface TimelineEntry {
  readonly at: number;
  readonly kind: TimelineKind;
  /** The try this belongs to, 1-indexed; 0 before the first. */
  readonly attempt: number;
  readonly durationMs?: number;
  readonly status?: number;
  readonly host?: string;
  readonly requestId?: string;
  readonly bytes?: number;
  readonly failure?: Failure;
  /** One sentence, for what the kind alone does not say. */
  readonly note?: string;
}
