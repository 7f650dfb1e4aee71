/** What the log tells of the engine: how jobs end and what holds them up, no step in between. Pure but for the log. */
import type { DestinationView } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import type { EngineFollower } from '../status/follow-engine.ts';
import type { Log, LogFacts, LogLevel } from './log-file.ts';

/** Null for what is on its way. No link is written: it may be a secret of the service's. */
export function lineOf(job: UploadJob): { readonly level: LogLevel; readonly facts: LogFacts } | null {
  const { state } = job;
  const about = { job: job.id, name: job.name, destination: job.destinationName, state: state.name };
  switch (state.name) {
    case 'completed':
      return { level: 'info', facts: { ...about, bytes: job.bytesTotal, attempts: job.attempts } };
    case 'canceled':
      return { level: 'info', facts: about };
    case 'failed':
    case 'blocked':
      return {
        level: 'warning',
        facts: { ...about, code: state.failure.code, message: state.failure.message, attempts: job.attempts },
      };
    case 'waiting':
      return state.failure === null
        ? null
        : { level: 'info', facts: { ...about, code: state.failure.code, attempts: job.attempts } };
    default:
      return null;
  }
}

const holdOf = ({ hold }: DestinationView): string =>
  hold === null ? 'open' : `${hold.kind}${hold.failure === null ? '' : ` ${hold.failure.code}`}`;

/** Returns its undo. */
export function logEngine(engine: EngineFollower, log: Log): () => void {
  const holds = new Map<string, string>();
  const undo = [
    engine.onNotice(({ level, text }) => log.write(level, 'engine.notice', { text })),
    engine.onRows((rows) => {
      for (const job of rows) {
        const line = lineOf(job);
        if (line !== null) log.write(line.level, 'job', line.facts);
      }
    }),
    engine.onStatus(({ destinations }) => {
      for (const view of destinations) {
        const { id, name } = view.destination;
        const hold = holdOf(view);
        const before = holds.get(id) ?? 'open';
        holds.set(id, hold);
        if (hold !== before) log.write('info', 'destination', { destination: name, hold });
      }
    }),
  ];
  return () => {
    for (const stop of undo) stop();
  };
}
