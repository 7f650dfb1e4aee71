/** A flow run as the controller tells it, in any of its three wire dialects. */
import { z } from 'zod';
import type { ApiResponse } from '#ports/api-client.ts';
import type { ProviderCall } from '#ports/provider.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { Artifact } from '#shared/asset.ts';
import type { DestinationOf } from '#shared/destination.ts';
import { parseAnswer, refusalOf } from '../answers.ts';
import { fieldOf } from '../read-json.ts';
import { safeWords } from '../server-words.ts';
import { uploadUrlSchema } from '../upload-url.ts';
import { isUnknownRun, puploadDialect } from './dialect.ts';

export type PuploadCall = ProviderCall<DestinationOf<'pupload'>>;

const artifactSchema = z.looseObject({
  StoreName: z.string(),
  ObjectName: z.string(),
  EdgeName: z.string(),
});

/** The code writes `level` and `msg`, the documents show `message`. */
const logSchema = z.looseObject({
  level: z.string().nullish(),
  msg: z.string().nullish(),
  message: z.string().nullish(),
});

const stepStateSchema = z.looseObject({
  Status: z.string().nullish(),
  Logs: z.array(logSchema).nullish().catch(null),
  Error: z.string().nullish(),
  Attempt: z.number().nullish(),
  MaxAttempts: z.number().nullish(),
});

/** Empty lists and maps come as null once a run has been through the controller's store. */
const runSchema = z.looseObject({
  ID: z.string().min(1),
  Status: z.string(),
  /** Dialect C; A and B call it `NodeState`. */
  StepState: z.record(z.string(), stepStateSchema).nullish(),
  NodeState: z.record(z.string(), stepStateSchema).nullish(),
  Artifacts: z.record(z.string(), artifactSchema).nullish(),
  WaitingURLs: z
    .array(z.looseObject({ Artifact: artifactSchema, PutURL: uploadUrlSchema, TTL: z.unknown().optional() }))
    .nullish(),
});

/** `A`: v0.0.1, no project API, a finished run readable for seconds only. `B`: February 2026. `C`: April 2026. */
export type WireDialect = 'A' | 'B' | 'C';

export interface FlowRun {
  readonly id: string;
  readonly status: string;
  readonly dialect: WireDialect;
  readonly steps: readonly StepState[];
  readonly artifacts: ReadonlyMap<string, Artifact>;
  readonly waiting: readonly WaitingUpload[];
}

export interface StepState {
  readonly id: string;
  readonly status: string;
  readonly error: string;
  /** What its log said last, errors first: all that v0.0.1 tells of a failure. */
  readonly lastWords: string;
  readonly attempt: number;
  readonly maxAttempts: number;
}

/** Not only ours: the controller puts the outputs of its steps here as well. */
export interface WaitingUpload {
  readonly artifact: Artifact;
  /** A secret. */
  readonly putUrl: string;
  readonly ttl: unknown;
}

export function parseRun(response: ApiResponse, dialect = puploadDialect): FlowRun {
  const raw = parseAnswer(response, runSchema, dialect);
  const states = raw.StepState ?? raw.NodeState ?? {};
  return {
    id: raw.ID,
    status: raw.Status.toUpperCase(),
    dialect: dialectOf(response.body),
    steps: Object.entries(states).map(([id, state]) => ({
      id,
      status: state.Status ?? '',
      error: state.Error ?? '',
      lastWords: lastWords(state.Logs ?? []),
      attempt: state.Attempt ?? 0,
      maxAttempts: state.MaxAttempts ?? 0,
    })),
    artifacts: new Map(
      Object.entries(raw.Artifacts ?? {}).map(([edge, artifact]) => [
        edge,
        { ...toArtifact(artifact), edge },
      ]),
    ),
    waiting: (raw.WaitingURLs ?? []).map((entry) => ({
      artifact: toArtifact(entry.Artifact),
      putUrl: entry.PutURL,
      ttl: entry.TTL,
    })),
  };
}

/** Null: the controller knows no such run. It says so with 400 and plain text, followed by the JSON of an empty run. */
export async function readRun(runId: string, call: PuploadCall): Promise<FlowRun | null> {
  const response = await call.api.request({
    method: 'GET',
    path: `/flow/status/${encodeURIComponent(runId)}`,
    signal: call.signal,
  });
  if (isUnknownRun(response.status, response.text)) return null;
  if (response.status !== 200) throw refusalOf(response, puploadDialect);
  return parseRun(response);
}

/** The steps that failed, in their own words: "resize: invalid content type uploaded: text/plain (attempt 3 of 3)". */
export function failedRun(run: FlowRun): UploadError {
  const failedSteps = run.steps.filter(({ status, error }) => status === 'ERROR' || error !== '');
  const words = failedSteps.slice(0, 3).map(({ id, error, lastWords, attempt, maxAttempts }) => {
    const reason = [error, lastWords, 'failed'].find((text) => text !== '');
    const tries = maxAttempts > 0 ? ` (attempt ${attempt} of ${maxAttempts})` : '';
    return `${id}: ${reason}${tries}`;
  });
  const more = failedSteps.length > 3 ? [`and ${failedSteps.length - 3} more`] : [];
  return new UploadError('flow-run-failed', safeWords([...words, ...more].join('; ')));
}

function lastWords(logs: readonly z.output<typeof logSchema>[]): string {
  const isError = ({ level }: z.output<typeof logSchema>) => /error|fatal/i.test(level ?? '');
  const last = logs.findLast(isError) ?? logs.at(-1);
  return last?.msg ?? last?.message ?? '';
}

function toArtifact(artifact: z.output<typeof artifactSchema>): Artifact {
  return { edge: artifact.EdgeName, store: artifact.StoreName, object: artifact.ObjectName };
}

function dialectOf(body: unknown): WireDialect {
  if (fieldOf(body, 'StepState') !== undefined) return 'C';
  return fieldOf(body, 'StartedAt') === undefined ? 'A' : 'B';
}
