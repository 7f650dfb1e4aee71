import type { JobId } from '#shared/job.ts';

export interface DetailsPaneProps {
  readonly id: JobId;
  onClose(): void;
}

/** All about one job. */
export function DetailsPane(_props: DetailsPaneProps) {
  return null;
}
