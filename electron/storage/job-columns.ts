/** Apart from the codec, which needs the schemas: the threads start faster without them. */

/** The columns of a row on the wire. `destination`, `folder` and `batch` are their ids there, not their numbers. */
export const jobColumns = [
  'id',
  'revision',
  'destination',
  'folder',
  'batch',
  'origin',
  'edge',
  'group_id',
  'path',
  'name',
  'mime_type',
  'size_bytes',
  'mtime_ns',
  'inode',
  'generation',
  'rank',
  'state',
  'step',
  'due_at',
  'completed_at',
  'sha256',
  'attempts',
  'renewals',
  'renewals_in_row',
  'was_signature_refused',
  'was_doubted',
  'was_complete_tried',
  'poll_count',
  'reserve_key',
  'added_at',
  'updated_at',
  'failure',
  'asset',
  'link_expires_at',
  'reservation',
] as const;
export type JobColumn = (typeof jobColumns)[number];

/** Where each column stands in a row. */
export const at = Object.fromEntries(jobColumns.map((name, index) => [name, index])) as Readonly<
  Record<JobColumn, number>
>;
