import type { Context } from '../context.ts';
import { withEngine } from '../context.ts';
import { exitCodes } from '../exit-code.ts';
import { loadJobs } from '../follow/follow.ts';
import { explanationRecord, jobRecord, jsonLine } from '../records.ts';
import { safeLine } from '../show/safe-text.ts';
import * as texts from '../texts.ts';
import { standingJob, waysOnLines } from '../ways-on.ts';

/** Why a path is, or is not, going up: which rule, which state, waiting for what. */
export function explain(
  context: Context,
  word: string,
  { json }: { readonly json?: boolean },
): Promise<number> {
  const { stdout, clock } = context.surroundings;
  return withEngine(context, 'look', async ({ api }) => {
    const explanation = await api.explainPath(context.path(word));
    const { destinations } = await api.snapshot();
    const views = new Map(destinations.map((view) => [view.destination.id, view]));
    const jobs = await loadJobs(api, explanation.jobIds);
    const holdOf = (id: string) => views.get(id)?.hold ?? null;
    if (json === true) {
      const records = jobs.map((job) => jobRecord(job, holdOf(job.destinationId)));
      stdout.write(`${jsonLine(explanationRecord(explanation, records))}\n`);
      return exitCodes.ok;
    }
    const lines = [
      safeLine(explanation.path),
      ...explanation.because.map((sentence) => `  ${safeLine(sentence)}`),
      ...jobs.map((job) => texts.jobLine(job, views.get(job.destinationId), clock.now(), context.hoist)),
      ...waysOnLines(
        jobs.flatMap((job) => standingJob(job, !views.has(job.destinationId))),
        context.hoist,
      ).map((line) => `  ${line}`),
    ];
    stdout.write(`${lines.join('\n')}\n`);
    return exitCodes.ok;
  });
}
