/** What can be made to go wrong, and where: the names, the values, and how they are written down. */
import { z } from 'zod';
import { type ProviderKind, providerKinds } from '#shared/destination.ts';

/** A request's place in the life of an upload; FLORA's retry counts as reserve, everything else is other. */
export const stages = ['reserve', 'upload', 'complete', 'poll', 'other'] as const;
export type Stage = (typeof stages)[number];

const count = z.number().int().nonnegative();
const positive = z.number().positive();
const flag = z.literal(true);
const statusCode = z.number().int().min(400).max(599);

const values = {
  /** How long every upload target lives from now on. */
  ttlMs: positive,
  /** The whole service's clock is this much ahead (negative: behind): `Date`, signatures, expiry. Has no scope. */
  clockSkewMs: z.number(),
  /** Only the store's clock is ahead of the signer's: early expiry, or RequestTimeTooSkewed. */
  storeSkewMs: z.number(),
  /** When the store looks at the expiry: as the request begins (default) or when its body is in. */
  expiryCheckedAt: z.enum(['start', 'end']),
  /** Targets that are handed out lead to a port where nobody listens. */
  unreachableStore: flag,
  /** Every answer waits this long first (real time). */
  latencyMs: positive,
  /** Reads bodies at this many bytes a second. */
  slow: positive,
  /** Breaks the connection after this many bytes of the body. */
  dropAfterBytes: count,
  /** Stops reading after this many bytes of the body, and never answers. */
  stallAfterBytes: count,
  /** Reads the request, does nothing, and breaks the connection. */
  dropUnprocessed: flag,
  /** Does everything, and breaks the connection instead of answering. */
  dropAnswer: flag,
  /** Reads the request, does nothing, and answers this in the dialect's own form. */
  status: z.union([
    statusCode,
    z.strictObject({ status: statusCode, retryAfter: z.union([z.string(), z.number()]).optional() }),
  ]),
  /** Answers 403 before the body is read, then closes. */
  earlyForbidden: flag,
  /** Answers 200 before the body is read, then closes; nothing is stored. */
  earlyOk: flag,
  /** Answers 200 with a sign-in page, as a hotel's network does. */
  captivePortal: flag,
  /** Answers 302 to this address. */
  redirect: z.string(),
  /** Does everything, and answers JSON that is cut in half. */
  malformedJson: flag,
  /** Does everything, and answers JSON of about this many bytes. */
  hugeJson: positive,
  /** The asset ends as failed, with this message (FLORA). */
  assetFails: z.string(),
  /** The flow run's steps fail with this error (Pupload). */
  runFails: z.string(),
} as const;

export type FaultName = keyof typeof values;
export type FaultValue<N extends FaultName> = z.infer<(typeof values)[N]>;

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

export const faultNames = Object.keys(values) as readonly FaultName[];

function settingOf(value: z.ZodType): z.ZodType {
  const scoped = z.strictObject({ value, ...scope });
  return z.union([z.null(), value, scoped, z.array(scoped)]).optional();
}

const partialSchema = z.strictObject(
  Object.fromEntries(faultNames.map((name) => [name, settingOf(values[name])])),
);

/** Reads faults that came over a wire or from a command line; throws a ZodError that names what is wrong. */
export function parseFaults(input: unknown): Partial<DemoFaults> {
  return partialSchema.parse(input) as Partial<DemoFaults>;
}
