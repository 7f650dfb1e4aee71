/** The effects of a flow run: presigned URLs, the bucket, the worker. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { DemoContext } from '../context.ts';
import { targetTtl } from '../context.ts';
import type { StoredObject } from '../store/objects.ts';
import { effectiveType, isTypeAllowed } from './content-type.ts';
import { type DataWell, type Plan, taskOf } from './flow.ts';
import type { Controller, Run } from './run.ts';

/** Fixed in Pupload's code, not configurable there. */
const uploadTtlMs = 3_600_000;
const outputTtlMs = 15 * 60_000;

export function makeController(context: DemoContext): Controller {
  const { dialect, stepMs, finalOutputs } = context.settings.pupload;
  const find = (store: string, key: string, plan: Plan): StoredObject | null =>
    context.objects.find(plan.buckets[store] ?? '', key);
  return {
    syncMs: context.scaled(10_000),
    tickMs: context.scaled(dialect === 'A' ? 10_000 : 1000),
    stepMs: context.scaled(stepMs),
    finalOutputs,
    storedAt: (artifact, plan) => find(artifact.StoreName, artifact.ObjectName, plan)?.storedAt ?? null,
    refuseInput(step, artifacts, plan) {
      for (const input of taskOf(step, plan.tasks)?.Inputs ?? []) {
        const edge = step.Inputs.find(({ Name }) => Name === input.Name)?.Edge;
        const artifact = edge === undefined ? undefined : artifacts[edge];
        const object = artifact === undefined ? null : find(artifact.StoreName, artifact.ObjectName, plan);
        if (object === null) continue;
        const type = effectiveType(object.contentType, () => readHead(object), dialect !== 'A');
        if (!isTypeAllowed(type, input.Type)) return `invalid content type uploaded: ${type}`;
      }
      return null;
    },
    takeFailure: () => context.faults.take('runFails', { dialect: 'pupload' }),
    outputTarget(run, edge) {
      const well = run.plan.wells.find(({ Edge }) => Edge === edge);
      return wellTarget(
        context,
        run,
        well ?? { Edge: edge, Store: run.plan.defaultWell?.Store ?? '' },
        outputTtlMs,
      );
    },
    writeOutput(step, run, artifact, at) {
      // The demo's worker hands its first input through: the bytes of an output can be compared.
      const input = run.artifacts[step.Inputs[0]?.Edge ?? ''];
      const from = input === undefined ? null : find(input.StoreName, input.ObjectName, run.plan);
      const bucket = run.plan.buckets[artifact.StoreName];
      if (from !== null && bucket !== undefined) context.objects.copy(from, bucket, artifact.ObjectName, at);
    },
  };
}

export function uploadTarget(context: DemoContext, run: RunHead, well: DataWell): Run['waiting'][number] {
  return wellTarget(context, run, well, targetTtl(context, 'pupload', uploadTtlMs));
}

type RunHead = Pick<Run, 'id' | 'plan' | 'startedAt'>;

function wellTarget(
  context: DemoContext,
  run: RunHead,
  well: DataWell,
  ttlMs: number,
): Run['waiting'][number] {
  const ObjectName = objectName(run, well);
  const object = { bucket: run.plan.buckets[well.Store] ?? '', key: ObjectName };
  // The presigner of Pupload signs the host only: any Content-Type is accepted by the store, and judged later.
  const { url, expiresAt } = context.targets.put('pupload', object, {}, ttlMs);
  return { artifact: { StoreName: well.Store, ObjectName, EdgeName: well.Edge }, putUrl: url, expiresAt };
}

export function objectName(run: RunHead, well: DataWell): string {
  const isDefault = !run.plan.wells.some(({ Edge }) => Edge === well.Edge);
  if (well.Key == null) return isDefault ? `${well.Edge}-${run.id}` : `${well.Edge}_${run.id}`;
  const date = new Date(run.startedAt).toISOString();
  const values: Readonly<Record<string, string>> = {
    RUN_ID: run.id,
    FLOW_NAME: run.plan.name,
    EDGE: well.Edge,
    TIMESTAMP: String(Math.floor(run.startedAt / 1000)),
    DATE: date.slice(0, 10),
    YEAR: date.slice(0, 4),
    MONTH: date.slice(5, 7),
    DAY: date.slice(8, 10),
    UUID: run.id,
  };
  return well.Key.replace(/\$\{([^}]*)\}/g, (whole, name: string) => values[name] ?? whole);
}

function readHead(object: StoredObject): Buffer {
  if (object.path === null) return Buffer.alloc(0);
  const file = openSync(object.path, 'r');
  try {
    const head = Buffer.alloc(512);
    return head.subarray(0, readSync(file, head, 0, head.length, 0));
  } finally {
    closeSync(file);
  }
}
