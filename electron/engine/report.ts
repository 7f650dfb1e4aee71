/** A job's error report: everything a maintainer needs, nothing that is secret. */
import { explainFailure } from '#shared/failure.ts';
import type { TimelineEntry, UploadJob } from '#shared/job.ts';
import { redact } from '#shared/redact.ts';

export function writeReport(job: UploadJob, timeline: readonly TimelineEntry[], version: string): string {
  const lines = [
    `Hoist ${version}`,
    `${job.kind} · ${job.mimeType} · ${job.bytesTotal} bytes · generation ${job.generation}`,
    `state ${job.state.name} · attempts ${job.attempts} · renewals ${job.renewals}`,
  ];
  if ('failure' in job.state && job.state.failure !== null) {
    const { failure } = job.state;
    const { reason, hint } = explainFailure(failure);
    lines.push(
      `${failure.code}: ${reason} ${hint}`,
      ...(failure.message === '' ? [] : [`detail: ${failure.message}`]),
    );
  }
  lines.push('', ...timeline.map(writeEntry));
  return lines.map(redact).join('\n');
}

function writeEntry(entry: TimelineEntry): string {
  const facts = [
    `try ${entry.attempt}`,
    entry.durationMs === undefined ? null : `${entry.durationMs} ms`,
    entry.status === undefined ? null : `HTTP ${entry.status}`,
    entry.host ?? null,
    entry.requestId === undefined ? null : `request ${entry.requestId}`,
    entry.bytes === undefined ? null : `${entry.bytes} bytes`,
    entry.failure === undefined ? null : `${entry.failure.code} ${entry.failure.message}`.trim(),
    entry.note ?? null,
  ].filter((fact) => fact !== null);
  return `${new Date(entry.at).toISOString()} ${entry.kind.padEnd(11)} ${facts.join(' · ')}`;
}
