/** What the timeline says of a transition: pure. */

import type { Exchange } from '#ports/api-client.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import type { Failure } from '#shared/failure.ts';
import type { TimelineEntry, TimelineKind } from '#shared/job.ts';
import type { JobEvent } from './events.ts';

/** What a run saw on the wire and wants said. */
export interface RunRecord {
  readonly exchanges: readonly Exchange[];
  readonly notes: readonly string[];
  readonly durationMs: number;
  readonly bytesSent: number;
}

export function entriesOf(
  before: StoredJob,
  after: StoredJob,
  event: JobEvent,
  now: number,
  record: RunRecord | null,
): readonly TimelineEntry[] {
  const kind = kindOf(event, before, after);
  const notes = (record?.notes ?? []).map((note) => ({
    at: now,
    kind: 'noted' as const,
    attempt: after.attempts,
    note,
  }));
  if (kind === null) return notes;
  const exchange = record?.exchanges.at(-1);
  const failure = failureIn(event, after);
  const isBytes = event.type === 'uploaded' || event.type === 'doubted' || before.state.name === 'uploading';
  return [
    ...notes,
    {
      at: now,
      kind,
      attempt: after.attempts,
      ...(record === null ? {} : { durationMs: Math.round(record.durationMs) }),
      ...(exchange === undefined ? {} : { host: exchange.host }),
      ...(exchange?.status == null ? {} : { status: exchange.status }),
      ...(exchange?.requestId == null ? {} : { requestId: exchange.requestId }),
      ...(record !== null && isBytes ? { bytes: record.bytesSent } : {}),
      ...(failure === null ? {} : { failure }),
    },
  ];
}

function kindOf(event: JobEvent, before: StoredJob, after: StoredJob): TimelineKind | null {
  switch (event.type) {
    case 'started':
    case 'due':
    case 'promoted':
      return null;
    case 'reserved':
      return before.renewals > 0 || ('reservation' in before.state && before.state.reservation !== null)
        ? 'renewed'
        : 'reserved';
    case 'inspected':
      if (after.state.name === 'failed' || after.state.name === 'waiting') return after.state.name;
      return event.found === 'completed' ? 'ready' : 'inspected';
    case 'uploaded':
      return 'sent';
    case 'doubted':
      return 'doubted';
    case 'pended':
      return before.state.name === 'completing' ? 'processing' : null;
    case 'confirmed':
      return before.state.name === 'processing' ? 'ready' : 'confirmed';
    case 'expired':
    case 'regrouped':
      return after.state.name === 'blocked' ? 'blocked' : 'expired';
    case 'failed':
    case 'ended':
      return after.state.name === 'failed' ? 'failed' : 'waiting';
    case 'refused':
    case 'vanished':
      return 'blocked';
    case 'deferred':
      return 'waiting';
    case 'torn':
    case 'changed':
      return after.state.name === 'blocked' ? 'blocked' : 'changed';
    case 'interrupted':
      return event.failure === undefined ? 'interrupted' : 'held';
    case 'paused':
      return 'paused';
    case 'resumed':
      return 'resumed';
    case 'unblocked':
      return 'unblocked';
    case 'canceled':
      return 'canceled';
    case 'retried':
      return 'retried';
    case 'recovered':
      return 'recovered';
    case 'moved':
      return 'moved';
  }
}

function failureIn(event: JobEvent, after: StoredJob): Failure | null {
  switch (event.type) {
    case 'expired':
    case 'torn':
    case 'inspected':
      return 'failure' in after.state ? after.state.failure : null;
    default:
      return 'failure' in event ? (event.failure ?? null) : null;
  }
}
