import type { StateName, Step, UploadJob } from '#shared/job.ts';

export type StageName = 'reserve' | 'upload' | 'complete';
export interface Stage {
  readonly name: StageName;
  readonly state: 'done' | 'now' | 'to-come';
}

const names: readonly StageName[] = ['reserve', 'upload', 'complete'];

/** How many stages are behind a job in each state that says so by itself. */
const doneIn: Readonly<Partial<Record<StateName, number>>> = {
  reserving: 0,
  inspecting: 1,
  uploading: 1,
  completing: 2,
  processing: 2,
  completed: 3,
};
const doneBefore: Readonly<Record<Step, number>> = { reserve: 0, inspect: 1, upload: 1, complete: 2 };

/** The three stages that every file goes through, as marks. */
export function stagesOf(job: Pick<UploadJob, 'state'> | null): readonly Stage[] {
  const done = job === null ? 0 : stagesDone(job.state);
  return names.map((name, index) => ({
    name,
    state: index < done ? 'done' : index === done ? 'now' : 'to-come',
  }));
}

function stagesDone(state: UploadJob['state']): number {
  if ('step' in state) return doneBefore[state.step];
  return doneIn[state.name] ?? 0;
}
