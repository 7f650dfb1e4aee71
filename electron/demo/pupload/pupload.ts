/**
 * Pupload: start a run, PUT to the WaitingURLs of its upload edges, poll until the run ends. Nobody tells it that the
 * bytes are in: the controller looks into the bucket on its ticks.
 */
import { z } from 'zod';
import { type DemoContext, type Dialect, describeUpload } from '../context.ts';
import { type Answer, empty, text } from '../http/answer.ts';
import { readJson } from '../http/body.ts';
import type { Call, Surface } from '../http/surface.ts';
import { uuidV7 } from '../ids.ts';
import { openRecords, type Records } from '../records.ts';
import { makeController, objectName, uploadTarget } from './controller.ts';
import { type Flow, flowSchema, type Plan, planFlow, type Task, taskSchema } from './flow.ts';
import { presentEmptyRun, presentRun } from './present.ts';
import { isUuid, openProjects, type Projects, readProject, saveProject } from './projects.ts';
import { advance, begin, type Controller, idleState, type Run, runSchema } from './run.ts';
import { canonicalKeys, goAnswer, goArray, spellingOf } from './wire.ts';

const tasks = goArray(taskSchema);
const testBody = z.object({ Flow: flowSchema, Tasks: tasks, NodeDefs: tasks });

interface Pupload {
  readonly context: DemoContext;
  readonly runs: Records<Run>;
  readonly projects: Projects;
  readonly controller: Controller;
}

export function pupload(context: DemoContext): Dialect {
  const shared: Pupload = {
    context,
    runs: openRecords(context.database, 'pupload-run', runSchema),
    projects: openProjects(context),
    controller: makeController(context),
  };
  const isSavable = context.settings.pupload.dialect !== 'A';
  const surface: Surface = {
    prefix: '/pupload/api/v1',
    dialectOf: () => 'pupload',
    // No authentication at all: whoever reaches the port may use it.
    guard: () => null,
    refuse: (status) => (status === 404 ? text(404, '404 page not found\n') : text(status, `${status}\n`)),
    routes: [
      { method: 'POST', pattern: '/flow/test', stage: 'reserve', handle: (call) => testFlow(shared, call) },
      { method: 'GET', pattern: '/flow/status/:id', stage: 'poll', handle: (call) => status(shared, call) },
      // Dialect A has no projects.
      ...(isSavable
        ? ([
            {
              method: 'GET',
              pattern: '/project/:id',
              stage: 'other',
              handle: (call) => readProject(shared.projects, call),
            },
            {
              method: 'POST',
              pattern: '/project/:id',
              stage: 'other',
              handle: (call) => saveProject(shared.projects, call),
            },
            { method: 'GET', pattern: '/project/:id/flows', stage: 'other', handle: () => empty(200) },
            // The static stubs win over a flow of that name.
            { method: 'POST', pattern: '/project/:id/flows/run', stage: 'other', handle: stub },
            { method: 'POST', pattern: '/project/:id/flows/validate', stage: 'other', handle: stub },
            {
              method: 'POST',
              pattern: '/project/:id/flows/:flow',
              stage: 'reserve',
              handle: (call) => runSaved(shared, call),
            },
          ] satisfies Surface['routes'])
        : []),
    ],
  };
  return {
    surface,
    *uploads() {
      for (const { value: run } of shared.runs.newest()) yield* describeRun(shared, run);
    },
  };
}

async function stub(call: Call): Promise<Answer | null> {
  return (await call.body.drain()) ? empty(200) : null;
}

async function testFlow(pupload: Pupload, call: Call): Promise<Answer | null> {
  const body = await readJson(call.body);
  if (body.kind === 'broken') return null;
  const parsed = testBody.safeParse(body.kind === 'value' ? canonicalKeys(body.value) : null);
  if (!parsed.success) return text(400, 'Invalid input\n');
  const spelling = spellingOf(pupload.context.settings.pupload.dialect);
  return startRun(
    pupload,
    parsed.data.Flow,
    spelling.tasks === 'Tasks' ? parsed.data.Tasks : parsed.data.NodeDefs,
    [],
  );
}

async function runSaved(pupload: Pupload, call: Call): Promise<Answer | null> {
  if (!(await call.body.drain())) return null;
  const { id = '', flow: name = '' } = call.params;
  if (!isUuid(id)) return text(400, 'invalid project id\n');
  const project = pupload.projects.find(id);
  if (project === null) return text(400, 'project does not exist\n');
  const flow = project.Flows.find(({ Name }) => Name === name);
  if (flow === undefined) return text(400, `Flow ${name} does not exist in project ${id}\n`);
  return startRun(pupload, flow, [...project.Tasks, ...project.NodeDefs], project.GlobalStores);
}

function startRun(
  pupload: Pupload,
  flow: Flow,
  tasks: readonly Task[],
  globalStores: Flow['Stores'],
): Answer {
  const { context, controller } = pupload;
  const { dialect } = context.settings.pupload;
  // Each dialect knows its own word only; a saved flow of the demo itself comes in the newest spelling.
  const own = spellingOf(dialect).steps === 'Steps' ? flow.Steps : flow.Nodes;
  const plan = planFlow(flow, own, tasks, globalStores);
  if (typeof plan === 'string') return text(500, `unable to run flow: ${plan}\n`);
  const run = newRun(context, plan);
  const started = begin(run, controller);
  pupload.runs.put(run.id, started);
  context.counters.dialects.pupload.reservations += 1;
  return goAnswer(200, presentRun(started, dialect, 'fresh'));
}

function newRun(context: DemoContext, plan: Plan): Run {
  const startedAt = context.now();
  const head = {
    id: uuidV7(startedAt),
    plan: { ...plan, steps: [...plan.steps], tasks: [...plan.tasks], wells: [...plan.wells] },
    startedAt,
  };
  const uploads = plan.wells.filter(({ Source }) => Source === 'upload');
  const statics = plan.wells.filter(({ Source }) => Source === 'static');
  return {
    ...head,
    status: 'WAITING',
    endedAt: null,
    waiting: uploads.map((well) => uploadTarget(context, head, well)),
    artifacts: Object.fromEntries(
      statics.map((well) => [
        well.Edge,
        { StoreName: well.Store, ObjectName: objectName(head, well), EdgeName: well.Edge },
      ]),
    ),
    steps: Object.fromEntries(plan.steps.map((step) => [step.ID, idleState])),
  };
}

const keptMs = { A: 10_000, B: 600_000, C: 600_000 } as const;

async function status(pupload: Pupload, call: Call): Promise<Answer | null> {
  if (!(await call.body.drain())) return null;
  const { dialect } = pupload.context.settings.pupload;
  const run = look(pupload, call.params.id ?? '');
  if (run !== null) return goAnswer(200, presentRun(run, dialect, 'stored'));
  // The handler forgets to return: the empty run follows the message, under the message's type.
  const { body = '' } = goAnswer(400, presentEmptyRun(dialect));
  return text(400, `Flow run does not exist.\n${body}`);
}

/** The run as it is now; null: unknown, or over for so long that it is purged. */
function look(pupload: Pupload, id: string): Run | null {
  const { context, runs } = pupload;
  const before = runs.get(id);
  if (before === null) return null;
  const run = advance(before, pupload.controller, context.now());
  // Counted before it may be purged: nobody may have looked at it between its end and now.
  if (run !== before && run.status === 'COMPLETE') context.counters.dialects.pupload.assets += 1;
  if (run.endedAt !== null && context.now() > run.endedAt + keptMs[context.settings.pupload.dialect]) {
    runs.remove(id);
    return null;
  }
  if (run !== before) runs.put(id, run);
  return run;
}

function* describeRun(pupload: Pupload, run: Run) {
  for (const well of run.plan.wells) {
    if (well.Source !== 'upload') continue;
    const object = { bucket: run.plan.buckets[well.Store] ?? '', key: objectName(run, well) };
    const state = look(pupload, run.id)?.status ?? 'purged';
    const { id } = run;
    yield describeUpload(pupload.context, {
      dialect: 'pupload',
      id,
      fileName: well.Edge,
      state,
      object,
      edge: well.Edge,
    });
  }
}
