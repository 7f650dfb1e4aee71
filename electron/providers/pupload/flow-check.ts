/**
 * What the controller would refuse with a bare "invalid flow", in sentences. The rules are those of its own validation
 * (`internal/validation`), which only writes its reasons to its log. Pure.
 */
import type { DataWell, Flow, FlowStep } from './flow.ts';

const sources = ['upload', 'static', 'webhook'];
const keyVariables = new Set([
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
/** Any other is refused by name (`DisallowUnknownFields`); names match without regard to case. */
const storeParams = new Set(['endpoint', 'bucketname', 'location', 'accesskey', 'secretkey', 'secure']);
/** The routes `…/flows/run` and `…/flows/validate` are stubs that win over a flow of that name. */
const stubNames = new Set(['run', 'validate']);

/** Empty: nothing speaks against the flow. */
export function checkFlow(flow: Flow): readonly string[] {
  return [
    ...(flow.steps.length === 0 ? ['The flow has no step.'] : []),
    ...(flow.timeout === null || isPositiveDuration(flow.timeout)
      ? []
      : [`Timeout "${flow.timeout}" is no positive duration like 30m.`]),
    ...checkStores(flow),
    ...duplicates(flow.steps.map(({ id }) => id)).map((id) => `Step id "${id}" is used more than once.`),
    ...flow.steps.flatMap((step) => checkStep(step, flow)),
    ...duplicates(flow.wells.map(({ edge }) => edge)).map(
      (edge) => `Edge "${edge}" has more than one data well.`,
    ),
    ...flow.wells.flatMap((well) => checkWell(well, flow)),
    ...checkEdges(flow),
    ...(hasCycle(flow) ? ['The steps depend on each other in a circle.'] : []),
  ];
}

export function isStubName(flowName: string): boolean {
  return stubNames.has(flowName);
}

/** The object may exist already, from another run: then the edge counts as uploaded at once, with the old file. */
export function mayBeFilledBefore(well: DataWell): boolean {
  if (well.key === null) return false;
  return !variablesOf(well.key).some((name) => name === 'RUN_ID' || name === 'UUID');
}

function checkStores(flow: Flow): readonly string[] {
  return flow.stores.flatMap((store) => [
    ...(store.type === 's3' ? [] : [`Store "${store.name}" has type "${store.type}"; only s3 is known.`]),
    ...store.params
      .filter((name) => !storeParams.has(name.toLowerCase()))
      .map((name) => `Store "${store.name}" has an unknown parameter "${name}".`),
  ]);
}

function checkStep(step: FlowStep, flow: Flow): readonly string[] {
  const name = `Step "${step.id}"`;
  const task = flow.tasks.find(({ id }) => id === step.uses);
  if (step.id === '') return ['A step has no id.'];
  if (task === undefined) return [`${name} uses "${step.uses}", which no task defines.`];
  const inputs = new Set(step.inputs.map((input) => input.name));
  const flags = new Set(step.flags);
  return [
    ...task.requiredInputs
      .filter((input) => !inputs.has(input))
      .map((input) => `${name} lacks the input "${input}".`),
    ...task.requiredFlags
      .filter((flag) => !flags.has(flag))
      .map((flag) => `${name} lacks the flag "${flag}".`),
    ...step.flags
      .filter((flag) => !task.flags.includes(flag))
      .map((flag) => `${name} has an unknown flag "${flag}".`),
  ];
}

function checkWell(well: DataWell, flow: Flow): readonly string[] {
  const name = `The data well of edge "${well.edge}"`;
  const used = flow.steps.some((step) =>
    [...step.inputs, ...step.outputs].some(({ edge }) => edge === well.edge),
  );
  const variables = well.key === null ? [] : variablesOf(well.key);
  const unknown = variables.filter((variable) => !keyVariables.has(variable));
  const isFixed = well.key !== null && !variables.some((variable) => keyVariables.has(variable));
  return [
    ...(well.source === null || sources.includes(well.source)
      ? []
      : [`${name} has the unknown source "${well.source}".`]),
    ...(flow.stores.some((store) => store.name === well.store)
      ? []
      : [`${name} names the store "${well.store}", which is not there.`]),
    ...(used ? [] : [`${name} is used by no step.`]),
    ...unknown.map((variable) => `${name} has the unknown variable "${variable}" in its key.`),
    ...(well.source === 'static' && well.key === null ? [`${name} is static and has no key.`] : []),
    ...(well.source === 'static' && variables.length > 0
      ? [`${name} is static and has a variable in its key.`]
      : []),
    ...(well.source !== null && well.source !== 'static' && isFixed
      ? [`${name} has a key without a variable: every run would write the same object.`]
      : []),
  ];
}

function checkEdges(flow: Flow): readonly string[] {
  const made = new Set(flow.steps.flatMap((step) => step.outputs.map(({ edge }) => edge)));
  const used = new Set(flow.steps.flatMap((step) => step.inputs.map(({ edge }) => edge)));
  const fed = new Set(flow.wells.filter(({ source }) => source !== null).map(({ edge }) => edge));
  const kept = new Set(flow.wells.filter(({ source }) => source === null).map(({ edge }) => edge));
  return [
    ...[...used]
      .filter((edge) => !made.has(edge) && !fed.has(edge))
      .map((edge) => `Nothing fills the edge "${edge}".`),
    ...[...made]
      .filter((edge) => !used.has(edge) && !kept.has(edge) && !flow.hasDefaultWell)
      .map((edge) => `Nothing takes the edge "${edge}".`),
  ];
}

function hasCycle(flow: Flow): boolean {
  let rest = [...flow.steps];
  for (;;) {
    const made = new Set(rest.flatMap((step) => step.outputs.map(({ edge }) => edge)));
    const blocked = rest.filter((step) => step.inputs.some(({ edge }) => made.has(edge)));
    if (blocked.length === rest.length) return rest.length > 0;
    rest = blocked;
  }
}

/** `$NAME` and `${NAME}`, as Go's os.Expand reads them. */
function variablesOf(key: string): readonly string[] {
  return [...key.matchAll(/\$(?:\{([^}]*)\}|(\w+))/g)].map((match) => match[1] ?? match[2] ?? '');
}

/** Go: a sequence of numbers with units, "1h30m", "1.5s"; a lone 0 is a duration, but no positive one. */
function isPositiveDuration(text: string): boolean {
  return (
    /^\+?(?:\d+(?:\.\d*)?(?:ns|us|µs|μs|ms|s|m|h)|\.\d+(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text) &&
    /[1-9]/.test(text)
  );
}

function duplicates(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
