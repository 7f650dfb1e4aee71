import { needsKey, providerKinds } from '#shared/destination.ts';
import { findDestination } from '../choose-destination.ts';
import { type Context, withEngine } from '../context.ts';
import { type AddDestinationOptions, problemsText, readDraft } from '../destination-draft.ts';
import { exitCodes } from '../exit-code.ts';
import { parseChoice } from '../option-values.ts';
import { destinationRecord, jsonLine, optionalFailure } from '../records.ts';
import { readKey } from '../secret.ts';
import { alignRows } from '../show/columns.ts';
import { safeLine } from '../show/safe-text.ts';
import * as texts from '../texts.ts';
import { UsageError } from '../usage-error.ts';

/** What was given is checked before the key is asked for: nobody should type a key for nothing. */
export async function addDestination(
  context: Context,
  name: string,
  options: AddDestinationOptions,
): Promise<number> {
  const kind = parseChoice('--kind', options.kind, providerKinds);
  const draft = readDraft(name, kind, options, context.path);
  const problems = await withEngine(context, 'look', ({ api }) => api.checkDestination(draft));
  if (problems.length > 0) throw new UsageError(problemsText(problems, kind, options));
  const key = needsKey[kind] ? await readKey(name, context.surroundings) : null;
  return withEngine(context, 'look', async ({ api }) => {
    const view = await api.addDestination(draft, key);
    context.surroundings.stderr.write(`${texts.destinationAdded(view.destination.name, context.hoist)}\n`);
    return exitCodes.ok;
  });
}

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
    const lines =
      json === true
        ? destinations.map((view) => jsonLine(destinationRecord(view)))
        : alignRows(destinations.map((view) => texts.destinationRow(view, clock.now(), context.hoist)));
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
