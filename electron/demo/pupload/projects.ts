/** Saved projects: where flows come from that are started by name. */
import { z } from 'zod';
import type { DemoContext } from '../context.ts';
import { type Answer, empty, text } from '../http/answer.ts';
import { readJson } from '../http/body.ts';
import type { Call } from '../http/surface.ts';
import { openRecords } from '../records.ts';
import { builtInProject } from './built-in.ts';
import { flowSchema, taskSchema } from './flow.ts';
import { canonicalKeys, goAnswer, goArray, spellingOf } from './wire.ts';

const projectBody = z.looseObject({
  ID: z.uuid(),
  Flows: goArray(flowSchema),
  Tasks: goArray(taskSchema),
  NodeDefs: goArray(taskSchema),
  GlobalStores: flowSchema.shape.Stores,
});
export type Project = z.infer<typeof projectBody>;

export interface Projects {
  find(id: string): Project | null;
  /** As it was pushed. */
  raw(id: string): unknown;
  save(id: string, value: unknown): void;
}

/** The demo's own project is there without a push, in the spelling of the wire dialect. */
export function openProjects(context: DemoContext): Projects {
  const saved = openRecords(context.database, 'pupload-project', z.unknown());
  const { address, settings } = context;
  const { steps: Steps, tasks: Tasks } = spellingOf(settings.pupload.dialect);
  const raw = (id: string): unknown => {
    const pushed = saved.get(id);
    if (pushed !== null || id !== address.pupload.projectId) return pushed;
    return rename(builtInProject(address.pupload), { Steps, Tasks });
  };
  return {
    raw,
    find(id) {
      const found = raw(id);
      return found === null ? null : projectBody.parse(canonicalKeys(found));
    },
    save: (id, value) => saved.put(id, value),
  };
}

export async function readProject(projects: Projects, call: Call): Promise<Answer | null> {
  if (!(await call.body.drain())) return null;
  const { id = '' } = call.params;
  if (!isUuid(id)) return text(400, 'invalid project id\n');
  const raw = projects.raw(id);
  return raw === null ? empty(404) : goAnswer(200, raw);
}

export async function saveProject(projects: Projects, call: Call): Promise<Answer | null> {
  const body = await readJson(call.body);
  if (body.kind === 'broken') return null;
  const value = body.kind === 'value' ? canonicalKeys(body.value) : null;
  const parsed = projectBody.safeParse(value);
  if (!parsed.success) return text(400, 'Invalid input\n');
  if (parsed.data.ID !== call.params.id) return empty(400);
  projects.save(parsed.data.ID, value);
  return empty(200);
}

function rename(value: unknown, names: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((inner) => rename(inner, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [names[key] ?? key, rename(inner, names)]),
  );
}

export function isUuid(id: string): boolean {
  return z.uuid().safeParse(id).success;
}
