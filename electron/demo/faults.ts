/** What can be made to go wrong, and where: the names, the values, and how they are written down. */
import { z } from 'zod';
import { UploadError } from '#ports/upload-error.ts';
import { type ProviderKind, providerKinds } from '#shared/destination.ts';

/** A request's place in the life of an upload; FLORA's retry counts as reserve, everything else is other. */
export const stages = ['reserve', 'upload', 'complete', 'poll', 'other'] as const;
export type Stage = (typeof stages)[number];

const count = z.number().int().nonnegative();
const positive = z.number().positive();
const flag = z.literal(true);
const statusCode = z.number().int().min(400).max(599);

/** What a fault takes and does, in words for people: the command line's help is made of them. */
interface FaultKind {
  readonly schema: z.ZodType;
  readonly takes: string;
  readonly does: string;
}

const kinds = {
  ttlMs: { schema: positive, takes: 'milliseconds above 0', does: 'upload links live this long' },
  clockSkewMs: {
    schema: z.number(),
    takes: 'milliseconds',
    does: "the service's clock is this much ahead (behind with a minus); has no scope",
  },
  storeSkewMs: {
    schema: z.number(),
    takes: 'milliseconds',
    does: "only the store's clock is ahead: early expiry, or RequestTimeTooSkewed",
  },
  expiryCheckedAt: {
    schema: z.enum(['start', 'end']),
    takes: 'start or end',
    does: 'the store looks at the expiry as a request begins (default), or when its body is in',
  },
  unreachableStore: { schema: flag, takes: 'true', does: 'upload links lead to a port where nobody listens' },
  latencyMs: { schema: positive, takes: 'milliseconds above 0', does: 'every answer waits this long first' },
  slow: { schema: positive, takes: 'bytes above 0', does: 'bodies are read at so many bytes a second' },
  dropAfterBytes: {
    schema: count,
    takes: 'bytes',
    does: 'the connection breaks after so many bytes of a body',
  },
  stallAfterBytes: {
    schema: count,
    takes: 'bytes',
    does: 'reading stops after so many bytes of a body, and no answer comes',
  },
  dropUnprocessed: {
    schema: flag,
    takes: 'true',
    does: 'the request is read, nothing is done, the connection breaks',
  },
  dropAnswer: {
    schema: flag,
    takes: 'true',
    does: 'all is done, and the connection breaks before the answer',
  },
  /** Answered in the dialect's own form. */
  status: {
    schema: z.union([
      statusCode,
      z.strictObject({ status: statusCode, retryAfter: z.union([z.string(), z.number()]).optional() }),
    ]),
    takes: '400 to 599, or {"status":…,"retryAfter":…}',
    does: 'the request is read, nothing is done, this is the answer',
  },
  earlyForbidden: { schema: flag, takes: 'true', does: '403 before the body is read, then the end' },
  earlyOk: {
    schema: flag,
    takes: 'true',
    does: '200 before the body is read, then the end; nothing is stored',
  },
  captivePortal: {
    schema: flag,
    takes: 'true',
    does: "200 with a sign-in page, as a hotel's network answers",
  },
  redirect: { schema: z.string(), takes: 'an address', does: '302 to it' },
  malformedJson: {
    schema: flag,
    takes: 'true',
    does: 'all is done, and the JSON of the answer is cut in half',
  },
  hugeJson: {
    schema: positive,
    takes: 'bytes above 0',
    does: 'all is done, and the answer has about so many bytes',
  },
  assetFails: { schema: z.string(), takes: 'a message', does: 'FLORA: the asset ends as failed' },
  runFails: { schema: z.string(), takes: 'a message', does: "Pupload: the flow run's steps fail" },
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof kinds;
export type FaultValue<N extends FaultName> = z.infer<(typeof kinds)[N]['schema']>;

const scope = {
  dialect: z.enum(providerKinds).optional(),
  stage: z.enum(stages).optional(),
  /** Only for so many of the requests it applies to; then it is over. */
  first: count.optional(),
  /** Lets so many of them pass before. */
  after: count.optional(),
};

/** A fault that does not meet every request. */
export interface ScopedFault<V> {
  readonly value: V;
  readonly dialect?: ProviderKind | undefined;
  readonly stage?: Stage | undefined;
  readonly first?: number | undefined;
  readonly after?: number | undefined;
}

/** Every fault is off (null) unless it is given: alone for all requests, scoped, or several scoped ones. */
export type DemoFaults = {
  readonly [N in FaultName]:
    | FaultValue<N>
    | ScopedFault<FaultValue<N>>
    | readonly ScopedFault<FaultValue<N>>[]
    | null;
};

export const faultNames = Object.keys(kinds) as readonly FaultName[];

export interface FaultDescription {
  readonly name: FaultName;
  /** "milliseconds", "true". */
  readonly takes: string;
  readonly does: string;
}

/** Every fault there is, for whoever lists them. */
export const faultDescriptions: readonly FaultDescription[] = faultNames.map((name) => {
  const { takes, does } = kinds[name];
  return { name, takes, does };
});

function settingOf(value: z.ZodType): z.ZodType {
  const scoped = z.strictObject({ value, ...scope });
  return z.union([z.null(), value, scoped, z.array(scoped)]).optional();
}

const partialSchema = z.strictObject(
  Object.fromEntries(faultNames.map((name) => [name, settingOf(kinds[name].schema)])),
);

/** Reads faults that came over a wire or from a command line; throws UploadError `invalid`, in words for people. */
export function parseFaults(input: unknown): Partial<DemoFaults> {
  const parsed = partialSchema.safeParse(input);
  if (parsed.success) return parsed.data as Partial<DemoFaults>;
  throw new UploadError('invalid', wordsOf(parsed.error, input));
}

const scopeWords = `dialect (${providerKinds.join(', ')}), stage (${stages.join(', ')}), first and after (counts)`;

function wordsOf(error: z.ZodError, input: unknown): string {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys')
    return `There is no fault ${issue.keys.join(', ')}. There are: ${faultNames.join(', ')}.`;
  const name = faultNames.find((known) => known === issue?.path[0]);
  if (name === undefined) return 'Faults are an object of names and values.';
  const given = (input as Readonly<Record<string, unknown>>)[name];
  const scoped = typeof given === 'object' ? `; with a scope, {"value":…} and any of ${scopeWords}` : '';
  return `${name} takes ${kinds[name].takes}${scoped}.`;
}
