/** Flows, tasks and projects: their structure, and the rules a flow must keep before it may run. */
import { z } from 'zod';
import { goArray, parseGoDuration } from './wire.ts';

const text = z.string().default('');
const port = z.object({ Name: text, Edge: text });
const storeSchema = z.object({ Name: text, Type: text, Params: z.unknown() });
const dataWellSchema = z.object({
  Edge: text,
  Store: text,
  Source: z.string().nullish(),
  Key: z.string().nullish(),
});
const stepSchema = z.object({
  ID: text,
  Uses: text,
  Inputs: goArray(port),
  Outputs: goArray(port),
  Flags: goArray(z.object({ Name: text, Value: text })),
  Command: text,
});
export const flowSchema = z.object({
  Name: text,
  Timeout: z.string().nullish(),
  Stores: goArray(storeSchema),
  DefaultDataWell: dataWellSchema.nullish(),
  DataWells: goArray(dataWellSchema),
  Steps: goArray(stepSchema),
  Nodes: goArray(stepSchema),
});
const taskPort = z.object({ Name: text, Required: z.boolean().default(false), Type: goArray(z.string()) });
export const taskSchema = z.object({
  Publisher: text,
  Name: text,
  Inputs: goArray(taskPort),
  Outputs: goArray(taskPort),
  Flags: goArray(z.object({ Name: text, Required: z.boolean().default(false) })),
  MaxAttempts: z.number().int().default(3),
});
export type Flow = z.infer<typeof flowSchema>;
export type Step = z.infer<typeof stepSchema>;
export type Task = z.infer<typeof taskSchema>;
export type DataWell = z.infer<typeof dataWellSchema>;
type StoreInput = z.infer<typeof storeSchema>;

/** A flow that may run, with everything it needs looked up. */
export interface Plan {
  readonly name: string;
  readonly timeoutMs: number | null;
  readonly steps: readonly Step[];
  readonly tasks: readonly Task[];
  readonly wells: readonly DataWell[];
  readonly defaultWell: DataWell | null;
  /** Bucket by store name. */
  readonly buckets: Readonly<Record<string, string>>;
}

// Unknown parameters of a store are the one thing that is not ignored.
const paramsSchema = z.strictObject({
  Endpoint: z.string(),
  BucketName: z.string(),
  Location: z.string().optional(),
  AccessKey: z.string(),
  SecretKey: z.string(),
  Secure: z.boolean().optional(),
});

/** The plan, or what a 500 says. "invalid flow" hides its reason, as the real controller does. */
export function planFlow(
  flow: Flow,
  steps: readonly Step[],
  tasks: readonly Task[],
  globalStores: readonly StoreInput[],
): Plan | string {
  const stores = [...flow.Stores, ...globalStores];
  if (!isValid(flow, steps, tasks, stores)) return 'invalid flow';
  const buckets: Record<string, string> = {};
  for (const store of stores) {
    const params = paramsSchema.safeParse(store.Params);
    if (!params.success) return `store ${store.Name} does not exist`;
    buckets[store.Name] = params.data.BucketName;
  }
  return {
    name: flow.Name,
    timeoutMs: flow.Timeout == null ? null : parseGoDuration(flow.Timeout),
    steps,
    tasks,
    wells: flow.DataWells,
    defaultWell: flow.DefaultDataWell ?? null,
    buckets,
  };
}

function isValid(
  flow: Flow,
  steps: readonly Step[],
  tasks: readonly Task[],
  stores: readonly StoreInput[],
): boolean {
  if (steps.length === 0 || new Set(steps.map((step) => step.ID)).size !== steps.length) return false;
  if (flow.Timeout != null && parseGoDuration(flow.Timeout) === null) return false;
  if (stores.some((store) => store.Type !== 's3')) return false;
  const wells = flow.DataWells;
  const used = new Set(steps.flatMap((step) => [...step.Inputs, ...step.Outputs].map(({ Edge }) => Edge)));
  const outputs = new Set(steps.flatMap((step) => step.Outputs.map(({ Edge }) => Edge)));
  const sourced = new Set(wells.filter((well) => well.Source != null).map((well) => well.Edge));
  if (new Set(wells.map((well) => well.Edge)).size !== wells.length) return false;
  const isWellGood = (well: DataWell) =>
    used.has(well.Edge) && stores.some((store) => store.Name === well.Store) && isSourceGood(well);
  const isStepGood = (step: Step) =>
    isTaskGood(step, taskOf(step, tasks)) &&
    step.Inputs.every(({ Edge }) => sourced.has(Edge) || outputs.has(Edge));
  return wells.every(isWellGood) && steps.every(isStepGood) && !hasCycle(steps);
}

const variables = new Set([
  'RUN_ID',
  'FLOW_NAME',
  'EDGE',
  'TIMESTAMP',
  'DATE',
  'YEAR',
  'MONTH',
  'DAY',
  'UUID',
]);

/** A key without any variable would name one object for all runs: not allowed for uploads. */
function isSourceGood(well: DataWell): boolean {
  if (well.Source != null && !['upload', 'static', 'webhook'].includes(well.Source)) return false;
  const used = [...(well.Key ?? '').matchAll(/\$\{([^}]*)\}/g)].map(([, name = '']) => name);
  if (used.some((name) => !variables.has(name))) return false;
  return well.Source !== 'upload' || well.Key == null || used.length > 0;
}

/** A step names its task as `Publisher/Name`. */
export function taskOf(step: Step, tasks: readonly Task[]): Task | undefined {
  return tasks.find((task) => `${task.Publisher}/${task.Name}` === step.Uses);
}

function isTaskGood(step: Step, task: Task | undefined): boolean {
  if (task === undefined) return false;
  const has = (list: readonly { Name: string }[], name: string) => list.some((entry) => entry.Name === name);
  return (
    task.Inputs.every((input) => !input.Required || has(step.Inputs, input.Name)) &&
    task.Flags.every((flag) => !flag.Required || has(step.Flags, flag.Name))
  );
}

function hasCycle(steps: readonly Step[]): boolean {
  const left = new Set(steps);
  for (;;) {
    const pending = new Set([...left].flatMap((step) => step.Outputs.map(({ Edge }) => Edge)));
    const free = [...left].filter((step) => !step.Inputs.some(({ Edge }) => pending.has(Edge)));
    if (free.length === 0) return left.size > 0;
    for (const step of free) left.delete(step);
  }
}
