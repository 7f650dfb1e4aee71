/** What a reservation remembers of its flow run between two calls. */
import { z } from 'zod';
import type { Reservation } from '#ports/reservation.ts';
import { type Artifact, artifactSchema } from '#shared/asset.ts';
import type { FlowRun, WireDialect } from './run.ts';

export interface RunMemo {
  readonly edge: string;
  readonly store: string;
  readonly object: string;
  readonly dialect: WireDialect;
  /** Edges that are fed from outside: whatever else holds an object is a result. */
  readonly inputs: readonly string[];
  /** The bytes of this edge were taken by the store. */
  readonly hasArrived: boolean;
  /** Results seen so far: the run may be purged before its end is seen. */
  readonly outputs: readonly Artifact[];
}

const memoSchema = z.object({
  edge: z.string(),
  store: z.string(),
  object: z.string(),
  dialect: z.enum(['A', 'B', 'C']).catch('C'),
  inputs: jsonText(z.array(z.string())),
  arrived: z.string().optional(),
  outputs: jsonText(z.array(artifactSchema)),
});

function jsonText<S extends z.ZodType<readonly unknown[]>>(schema: S) {
  return z
    .string()
    .default('[]')
    .transform((text, context): z.output<S> => {
      try {
        return schema.parse(JSON.parse(text));
      } catch {
        context.addIssue({ code: 'custom', message: 'no JSON list' });
        return z.NEVER;
      }
    });
}

export function writeMemo(memo: RunMemo): Reservation['memo'] {
  return {
    edge: memo.edge,
    store: memo.store,
    object: memo.object,
    dialect: memo.dialect,
    inputs: JSON.stringify(memo.inputs),
    outputs: JSON.stringify(memo.outputs),
    ...(memo.hasArrived ? { arrived: 'yes' } : {}),
  };
}

export function readMemo(reservation: Reservation): RunMemo {
  const { arrived, ...memo } = memoSchema.parse(reservation.memo);
  return { ...memo, hasArrived: arrived === 'yes' };
}

/** Results stand in `Artifacts`, and on a run that has just ended still in `WaitingURLs`. */
export function outputsOf(run: FlowRun, inputs: readonly string[]): readonly Artifact[] {
  const found = new Map<string, Artifact>();
  for (const { artifact } of run.waiting) found.set(artifact.edge, artifact);
  for (const [edge, artifact] of run.artifacts) found.set(edge, artifact);
  return [...found.values()].filter(({ edge }) => !inputs.includes(edge));
}

/** The memo after a look at the run; the same object where nothing new was seen. */
export function learn(memo: RunMemo, run: FlowRun | null): RunMemo {
  const seen = run === null ? [] : outputsOf(run, memo.inputs);
  const outputs = [
    ...new Map([...memo.outputs, ...seen].map((artifact) => [artifact.edge, artifact])).values(),
  ];
  if (memo.hasArrived && JSON.stringify(outputs) === JSON.stringify(memo.outputs)) return memo;
  return { ...memo, hasArrived: true, outputs };
}
