/**
 * How fast a destination is asked that refused: a token bucket on our side whose rate is cut at a refusal and comes back on
 * the curve of CUBIC (RFC 9438), as the "adaptive" retries of the AWS SDKs have it. Two things differ from those. The curve
 * is scaled to the rate that was refused, so that a service of two requests a second is probed as gently as one of 500. And
 * refusals of requests that had left before the last cut are one refusal, as of one flight. Pure; times are monotonic ms.
 */
export interface Pace {
  /** The bucket, while requests are paced; null: nothing was refused lately, all go as they come. */
  readonly bucket: Bucket | null;
  /** Requests that went well in the second that began at `secondAt`, and in the one before it. */
  readonly secondAt: number;
  readonly inSecond: number;
  readonly inLastSecond: number;
  /** The most that went well in a second lately: where answers are slow they come in lumps. */
  readonly inBestSecond: number;
}

interface Bucket {
  /** Requests a second that were too many. */
  readonly peak: number;
  readonly cutAt: number;
  /** When the curve begins: what goes before it, during a hold, is not asked. */
  readonly risesAt: number;
  readonly tokens: number;
  readonly filledAt: number;
  /** What was refused: that something else goes well says nothing of it. */
  readonly refused: string;
  /** The same went well since the cut. */
  readonly isProven: boolean;
  readonly isEnough: boolean;
}

/** One request, as far as its answer says something of the pace. */
export interface Asked {
  /** When it left. */
  readonly at: number;
  readonly what: string;
}

/** What is left of the rate after a cut (beta of RFC 9438). */
const afterCut = 0.7;
/** From a cut until the rate is back where it was refused. */
const recoveryMs = 5000;
/** No refusal for so long, at a rate that has grown many times over: there is no limit any more. */
const forgottenAfterMs = 30_000;
/** Requests a second. Who must be asked less often than this is held, where everybody sees it. */
const leastRate = 1;
/** Requests a second: where nearly all of the very first were refused, this is tried before less. */
const firstGuess = 5;
/** Of a second's requests. */
const savedShare = 0.25;
const second = 1000;
/** What is left, after one second, of the memory of the best. */
const bestFadesTo = 0.9;

export const freePace: Pace = { bucket: null, secondAt: 0, inSecond: 0, inLastSecond: 0, inBestSecond: 0 };

/** Requests a second that may go now; null: as many as come. */
export function rateOf(pace: Pace, now: number): number | null {
  const { bucket } = forgetOld(pace, now);
  return bucket === null ? null : bucketRate(bucket, now);
}

function bucketRate({ peak, risesAt }: Bucket, now: number): number {
  const sinceMs = Math.max(0, now - risesAt);
  const curve = ((sinceMs - recoveryMs) / recoveryMs) ** 3;
  return Math.max(leastRate, peak * (1 + (1 - afterCut) * curve));
}

/** Milliseconds until one more request may go; 0: now. */
export function waitMs(pace: Pace, now: number): number {
  const { bucket } = forgetOld(pace, now);
  if (bucket === null) return 0;
  const missing = 1 - filled(bucket, now);
  // A hair more than exact, so that rounding never makes a timer ring too early again and again.
  return missing <= 0 ? 0 : Math.ceil((missing * second) / bucketRate(bucket, now));
}

/** A request goes: call it when `waitMs` is 0. */
export function afterRequest(before: Pace, now: number): Pace {
  const pace = forgetOld(before, now);
  if (pace.bucket === null) return pace;
  return { ...pace, bucket: { ...pace.bucket, tokens: filled(pace.bucket, now) - 1, filledAt: now } };
}

/** A request went well. */
export function afterAnswer(pace: Pace, asked: Asked, now: number): Pace {
  const turned = turnSecond(pace, now);
  const { bucket } = turned;
  const proves = bucket !== null && asked.at > bucket.cutAt && asked.what === bucket.refused;
  return {
    ...turned,
    inSecond: turned.inSecond + 1,
    bucket: proves ? { ...bucket, isProven: true } : bucket,
  };
}

/** A request was refused. */
export function afterRefusal(pace: Pace, asked: Asked, now: number): Pace {
  const { bucket } = forgetOld(pace, now);
  // The cut was heard of after this one had left.
  if (bucket !== null && asked.at <= bucket.cutAt) return pace;
  const { lately, atBest } = answered(pace, now);
  // One silent second says little of a service that was asked little: never less than half by one cut.
  const allowed = bucket === null ? null : bucketRate(bucket, now);
  const peak =
    allowed === null ? Math.max(firstGuess, atBest) : Math.min(allowed, Math.max(lately, allowed / 2));
  return {
    ...pace,
    bucket: {
      peak: Math.max(peak, leastRate / afterCut),
      cutAt: now,
      risesAt: now,
      tokens: 0,
      filledAt: now,
      refused: asked.what,
      isProven: false,
      isEnough: bucket?.isProven === true,
    },
  };
}

/** The destination is held: the curve begins when it may be asked again. */
export function afterHold(pace: Pace, heldMs: number, now: number): Pace {
  const { bucket } = pace;
  if (bucket === null) return pace;
  return { ...pace, bucket: { ...bucket, risesAt: Math.max(bucket.risesAt, now + heldMs) } };
}

/**
 * Whether a slower pace is all that the last refusal asks for: it was the first after others of its kind had gone well. Else
 * the service refuses whatever it is asked, and is better left alone for a while.
 */
export const isPaceEnough = ({ bucket }: Pace): boolean => bucket?.isEnough === true;

/** While nothing is asked, a quarter of a second's requests may be saved up. */
function filled(bucket: Bucket, now: number): number {
  const rate = bucketRate(bucket, now);
  return Math.min(
    Math.max(1, rate * savedShare),
    bucket.tokens + (rate * Math.max(0, now - bucket.filledAt)) / second,
  );
}

function forgetOld(pace: Pace, now: number): Pace {
  const isOld = pace.bucket !== null && now - pace.bucket.risesAt >= forgottenAfterMs;
  return isOld ? { ...pace, bucket: null } : pace;
}

/** Requests that went well within the last second: this one's, and the last one's share that is not over; and at best. */
function answered(pace: Pace, now: number): { readonly lately: number; readonly atBest: number } {
  const { secondAt, inSecond, inLastSecond, inBestSecond } = turnSecond(pace, now);
  const lately = inSecond + inLastSecond * Math.max(0, 1 - (now - secondAt) / second);
  return { lately, atBest: Math.max(lately, inBestSecond) };
}

function turnSecond(pace: Pace, now: number): Pace {
  const seconds = Math.floor((now - pace.secondAt) / second);
  if (seconds < 1) return pace;
  return {
    ...pace,
    secondAt: pace.secondAt + seconds * second,
    inSecond: 0,
    inLastSecond: seconds === 1 ? pace.inSecond : 0,
    inBestSecond: Math.max(pace.inSecond, pace.inBestSecond * bestFadesTo ** seconds),
  };
}
