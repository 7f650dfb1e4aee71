/** A flow with its tasks, as far as the upload needs to know it; from a flow file or from a saved project. */
import { z } from 'zod';

const text = z.string().nullish();

const edgeUseSchema = z.looseObject({ name: text, edge: text });
const stepSchema = z.looseObject({
  id: text,
  uses: text,
  inputs: z.array(edgeUseSchema).nullish(),
  outputs: z.array(edgeUseSchema).nullish(),
  flags: z.array(z.looseObject({ name: text })).nullish(),
});
const wellSchema = z.looseObject({ edge: text, store: text, source: text, key: text });
const flowSchema = z.looseObject({
  name: text,
  timeout: text,
  stores: z
    .array(z.looseObject({ name: text, type: text, params: z.record(z.string(), z.unknown()).nullish() }))
    .nullish(),
  defaultdatawell: wellSchema.nullish(),
  datawells: z.array(wellSchema).nullish(),
  steps: z.array(stepSchema).nullish(),
  nodes: z.array(stepSchema).nullish(),
});
const needSchema = z.looseObject({ name: text, required: z.boolean().nullish() });
const taskSchema = z.looseObject({
  publisher: text,
  name: text,
  inputs: z.array(needSchema).nullish(),
  flags: z.array(needSchema).nullish(),
});
const flowFileSchema = z.looseObject({
  flow: flowSchema,
  tasks: z.array(taskSchema).nullish(),
  nodedefs: z.array(taskSchema).nullish(),
});
const projectSchema = z.looseObject({
  flows: z.array(flowSchema).nullish(),
  tasks: z.array(taskSchema).nullish(),
  nodedefs: z.array(taskSchema).nullish(),
  globalstores: z.array(z.looseObject({ name: text, type: text })).nullish(),
});

export interface Flow {
  readonly name: string;
  readonly timeout: string | null;
  readonly stores: readonly FlowStore[];
  readonly hasDefaultWell: boolean;
  readonly wells: readonly DataWell[];
  readonly steps: readonly FlowStep[];
  readonly tasks: readonly FlowTask[];
}
export interface FlowStore {
  readonly name: string;
  readonly type: string;
  /** Names only: the values are credentials. */
  readonly params: readonly string[];
}
export interface DataWell {
  readonly edge: string;
  readonly store: string;
  readonly source: string | null;
  readonly key: string | null;
}
export interface EdgeUse {
  readonly name: string;
  readonly edge: string;
}
export interface FlowStep {
  readonly id: string;
  readonly uses: string;
  readonly inputs: readonly EdgeUse[];
  readonly outputs: readonly EdgeUse[];
  readonly flags: readonly string[];
}
export interface FlowTask {
  /** `Publisher/Name`, as a step's `Uses` says it. */
  readonly id: string;
  readonly inputs: readonly string[];
  readonly flags: readonly string[];
  readonly requiredInputs: readonly string[];
  readonly requiredFlags: readonly string[];
}

/** The document cannot be read as a flow; the sentence says where. */
export class FlowProblem extends Error {
  override readonly name = 'FlowProblem';
}

/** From the parsed JSON of a flow file: `Flow` with `Tasks` or `NodeDefs`. */
export function readFlowDocument(document: unknown): Flow {
  const raw = parse(flowFileSchema, document);
  return toFlow(raw.flow, raw.tasks ?? raw.nodedefs ?? [], []);
}

/** All flows that a saved project holds, in its order. */
export function readProject(document: unknown): readonly Flow[] {
  const raw = parse(projectSchema, document);
  const global = (raw.globalstores ?? []).map(({ name, type }) => ({
    name: name ?? '',
    type: type ?? '',
    params: [],
  }));
  return (raw.flows ?? []).map((flow) => toFlow(flow, raw.tasks ?? raw.nodedefs ?? [], global));
}

function parse<S extends z.ZodType>(schema: S, document: unknown): z.output<S> {
  const parsed = schema.safeParse(foldKeys(document, 0));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new FlowProblem(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`);
}

/** Go matches JSON keys without regard to case, so what a person wrote in lower case works there and must work here. */
function foldKeys(value: unknown, depth: number): unknown {
  if (depth > 20 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => foldKeys(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const name = key.toLowerCase();
      // The names of a store's parameters are checked as they are written.
      return [name, name === 'params' ? inner : foldKeys(inner, depth + 1)];
    }),
  );
}

function toFlow(
  raw: z.output<typeof flowSchema>,
  tasks: readonly z.output<typeof taskSchema>[],
  globalStores: readonly FlowStore[],
): Flow {
  return {
    name: raw.name ?? '',
    timeout: raw.timeout ?? null,
    stores: [
      ...(raw.stores ?? []).map(({ name, type, params }) => ({
        name: name ?? '',
        type: type ?? '',
        params: Object.keys(params ?? {}),
      })),
      ...globalStores,
    ],
    hasDefaultWell: raw.defaultdatawell != null,
    wells: (raw.datawells ?? []).map(({ edge, store, source, key }) => ({
      edge: edge ?? '',
      store: store ?? '',
      source: source ?? null,
      key: key ?? null,
    })),
    steps: (raw.steps ?? raw.nodes ?? []).map((step) => ({
      id: step.id ?? '',
      uses: step.uses ?? '',
      inputs: edgeUses(step.inputs),
      outputs: edgeUses(step.outputs),
      flags: (step.flags ?? []).map(({ name }) => name ?? ''),
    })),
    tasks: tasks.map((task) => ({
      id: `${task.publisher ?? ''}/${task.name ?? ''}`,
      inputs: names(task.inputs, false),
      flags: names(task.flags, false),
      requiredInputs: names(task.inputs, true),
      requiredFlags: names(task.flags, true),
    })),
  };
}

function edgeUses(uses: readonly z.output<typeof edgeUseSchema>[] | null | undefined): readonly EdgeUse[] {
  return (uses ?? []).map(({ name, edge }) => ({ name: name ?? '', edge: edge ?? '' }));
}

function names(
  needs: readonly z.output<typeof needSchema>[] | null | undefined,
  onlyRequired: boolean,
): readonly string[] {
  return (needs ?? [])
    .filter(({ required }) => !onlyRequired || required === true)
    .map(({ name }) => name ?? '');
}
