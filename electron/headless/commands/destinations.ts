import { needsKey, providerKinds } from '#shared/destination.ts';
import { findDestination } from '../choose-destination.ts';
import { type Context, withEngine } from '../context.ts';
import { exitCodes } from '../exit-code.ts';
import { parseBytes, parseChoice, parseCount } from '../option-values.ts';
import { destinationRecord, jsonLine, optionalFailure } from '../records.ts';
import { readKey } from '../secret.ts';
import { safeLine } from '../show/safe-text.ts';
import * as texts from '../texts.ts';

export interface AddDestinationOptions {
  readonly kind: string;
  readonly baseUrl?: string;
  readonly lanes?: string;
  readonly workspaceId?: string;
  readonly folder?: string;
  readonly projectId?: string;
  readonly folderId?: string;
  readonly organizationId?: string;
  readonly teamId?: string;
  readonly maxSize?: string;
  readonly project?: string;
  readonly flow?: string;
  readonly flowFile?: string;
  readonly edge?: string;
}

/** The draft says what was given; the engine knows which options a kind has, and refuses the others by name. */
export async function addDestination(
  context: Context,
  name: string,
  options: AddDestinationOptions,
): Promise<number> {
  const kind = parseChoice('--kind', options.kind, providerKinds);
  const given = {
    baseUrl: options.baseUrl,
    lanes: options.lanes === undefined ? undefined : parseCount('--lanes', options.lanes),
    workspaceId: options.workspaceId,
    folder: options.folder,
    folderId: options.folderId,
    organizationId: options.organizationId,
    teamId: options.teamId,
    maxSizeBytes: options.maxSize === undefined ? undefined : parseBytes('--max-size', options.maxSize),
    // FLORA's project, or the project of a Pupload flow.
    projectId: options.projectId ?? options.project,
    flowName: options.flow,
    flowFile: options.flowFile === undefined ? undefined : context.path(options.flowFile),
    edge: options.edge,
  };
  const draft = { name, kind, ...dropUndefined(given) };
  const key = needsKey[kind] ? await readKey(name, context.surroundings) : null;
  return withEngine(context, 'look', async ({ api }) => {
    const view = await api.addDestination(draft, key);
    context.surroundings.stderr.write(`${texts.destinationAdded(view.destination.name)}\n`);
    return exitCodes.ok;
  });
}

const dropUndefined = (given: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

export async function setDestinationKey(context: Context, name: string): Promise<number> {
  // The name first: nobody should type a key for a destination that is not there.
  const find = (look: Parameters<typeof findDestination>[0]) => findDestination(look, name).destination;
  await withEngine(context, 'look', async ({ api }) => find((await api.snapshot()).destinations));
  const key = await readKey(name, context.surroundings);
  return withEngine(context, 'look', async ({ api }) => {
    const destination = find((await api.snapshot()).destinations);
    await api.setDestinationKey(destination.id, key);
    context.surroundings.stderr.write(`${texts.keyStored(destination.name)}\n`);
    return exitCodes.ok;
  });
}

export function listDestinations(context: Context, { json }: { readonly json?: boolean }): Promise<number> {
  const { stdout, clock } = context.surroundings;
  return withEngine(context, 'look', async ({ api }) => {
    const { destinations } = await api.snapshot();
    const lines = destinations.map((view) =>
      json === true ? jsonLine(destinationRecord(view)) : texts.destinationLine(view, clock.now()),
    );
    stdout.write(lines.map((line) => `${line}\n`).join(''));
    return exitCodes.ok;
  });
}

export function testDestination(
  context: Context,
  name: string,
  { json }: { readonly json?: boolean },
): Promise<number> {
  const { stdout, stderr } = context.surroundings;
  return withEngine(context, 'look', async ({ api }) => {
    const { destination } = findDestination((await api.snapshot()).destinations, name);
    const { ok, proof, details, failure } = await api.testDestination(destination.id);
    if (json === true) {
      const record = {
        type: 'test',
        destination: destination.name,
        ok,
        proof,
        details,
        failure: optionalFailure(failure),
      };
      stdout.write(`${jsonLine(record)}\n`);
    } else {
      const proven = ok ? [proof, ...details].map((line) => `${safeLine(line)}\n`) : [];
      stdout.write(proven.join(''));
      if (failure !== null) stderr.write(`${texts.failureLines(failure).join('\n')}\n`);
    }
    return ok ? exitCodes.ok : exitCodes.failed;
  });
}

export function removeDestination(context: Context, name: string): Promise<number> {
  return withEngine(context, 'look', async ({ api }) => {
    const { destination } = findDestination((await api.snapshot()).destinations, name);
    const { jobsLeft } = await api.removeDestination(destination.id);
    context.surroundings.stderr.write(`${texts.destinationRemoved(destination, jobsLeft)}\n`);
    return exitCodes.ok;
  });
}
