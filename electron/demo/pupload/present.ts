/** A run as the API shows it: Go field names as they are, in the words of the wire dialect. */
import type { Run } from './run.ts';
import { goTime, spellingOf, type WireDialect, zeroTime } from './wire.ts';

/**
 * `fresh` is what a start answers. A run that went through the controller's store has lost its empty arrays (Go's gob
 * drops them), and they come back as null.
 */
export function presentRun(run: Run, dialect: WireDialect, from: 'fresh' | 'stored'): object {
  const list = <T>(items: readonly T[]) => (from === 'stored' && items.length === 0 ? null : items);
  const states = Object.entries(run.steps).map(([id, step]) => {
    const logs = step.logs.map(({ at, level, message }) => ({
      time: goTime(at),
      level,
      msg: message,
      fields: {},
    }));
    const known = { Status: step.status, Logs: list(logs) };
    const more = { Error: step.error, Attempt: step.attempt, MaxAttempts: step.maxAttempts };
    return [id, dialect === 'A' ? known : { ...known, ...more }];
  });
  return {
    ID: run.id,
    [spellingOf(dialect).stepState]: Object.fromEntries(states),
    Status: run.status,
    Artifacts: run.artifacts,
    WaitingURLs: list(
      run.waiting.map(({ artifact, putUrl, expiresAt }) => ({
        Artifact: artifact,
        PutURL: putUrl,
        TTL: goTime(expiresAt),
      })),
    ),
    ...(dialect === 'A' ? {} : { StartedAt: goTime(run.startedAt) }),
  };
}

export function presentEmptyRun(dialect: WireDialect): object {
  return {
    ID: '',
    [spellingOf(dialect).stepState]: null,
    Status: '',
    Artifacts: null,
    WaitingURLs: null,
    ...(dialect === 'A' ? {} : { StartedAt: zeroTime }),
  };
}
