/** A job as columns, and back. Runs beside the queue, because only there reservations can be sealed and opened. */
import type { NewJob, Sealer } from '#ports/journal.ts';
import { type Reservation, reservationSchema } from '#ports/reservation.ts';
import type { StoredJob, StoredState } from '#ports/stored-job.ts';
import { UploadError } from '#ports/upload-error.ts';
import { assetSchema } from '#shared/asset.ts';
import { type Failure, failureTable } from '#shared/failure.ts';
import {
  type Origin,
  type StateName,
  type Step,
  stateNames,
  steps,
  type TimelineEntry,
} from '#shared/job.ts';
import { at, type JobColumn } from './job-columns.ts';
import { assembleState } from './lost-reservation.ts';
import type { Row, SqlValue, WireEntry } from './wire.ts';

export interface JobRows {
  /** The part of a row that an order gives; the writer knows the rest of a new job. */
  encodeNew(file: NewJob): Row;
  encode(job: StoredJob): Row;
  /** Throws UploadError `queue-damaged` for a row that Hoist cannot have written. */
  decode(row: Row): StoredJob;
}

/** One sealer per directory. A reservation that was sealed or opened is not sealed again while it lives. */
export function createJobRows(sealer: Sealer): JobRows {
  const sealed = new WeakMap<Reservation, Uint8Array>();

  function seal(reservation: Reservation | null): Uint8Array | null {
    if (reservation === null) return null;
    const known = sealed.get(reservation);
    if (known !== undefined) return known;
    // A copy of its own: a view into a larger buffer would take all of that along to the other thread.
    const bytes = new Uint8Array(sealer.seal(JSON.stringify(reservation)));
    sealed.set(reservation, bytes);
    return bytes;
  }

  function open(bytes: SqlValue): Reservation | null {
    if (!(bytes instanceof Uint8Array)) return null;
    const plain = sealer.open(bytes);
    const parsed = plain === null ? null : reservationSchema.safeParse(parseJson(plain));
    if (parsed === null || !parsed.success) return null;
    sealed.set(parsed.data, bytes);
    return parsed.data;
  }

  function decodeState(row: Row): StoredState {
    const stored = row[at.reservation] ?? null;
    const reservation = open(stored);
    const asset = row[at.asset] === null ? null : assetSchema.safeParse(parseJson(text(row, 'asset')));
    return assembleState(
      {
        name: parseWord(stateNames, text(row, 'state')),
        step: parseWord(steps, text(row, 'step')),
        reservation,
        dueAt: nullableNumber(row, 'due_at') ?? 0,
        pollCount: number(row, 'poll_count'),
        failure: parseFailure(row[at.failure]),
        asset: asset?.success === true ? asset.data : null,
      },
      stored !== null && reservation === null,
    );
  }

  return {
    encodeNew: ({ order, rank }) => [
      null,
      null,
      order.destinationId,
      order.watchFolderId,
      order.batchId,
      order.origin,
      order.edge ?? '',
      order.groupId,
      order.path,
      order.name,
      order.mimeType,
      order.file.sizeBytes,
      order.file.mtimeNs,
      order.file.inode,
      null,
      rank,
    ],
    encode(job) {
      const { state } = job;
      const asset = state.name === 'completed' ? state.asset : null;
      const failure = 'failure' in state ? state.failure : null;
      return [
        job.id,
        job.revision,
        job.destinationId,
        job.watchFolderId,
        job.batchId,
        job.origin,
        job.edge ?? '',
        job.groupId,
        job.path,
        job.name,
        job.mimeType,
        job.file.sizeBytes,
        job.file.mtimeNs,
        job.file.inode,
        job.generation,
        job.rank,
        state.name,
        'step' in state ? state.step : null,
        dueAt(state),
        job.completedAt ?? 0,
        job.sha256,
        job.attempts,
        job.renewals,
        job.renewalsInRow,
        job.wasSignatureRefused ? 1 : 0,
        job.wasDoubted ? 1 : 0,
        job.wasCompleteTried ? 1 : 0,
        state.name === 'processing' ? state.pollCount : 0,
        job.reserveKey,
        job.addedAt,
        job.updatedAt,
        failure === null ? null : JSON.stringify(failure),
        asset === null ? null : JSON.stringify(asset),
        asset === null ? null : asset.linkExpiresAt,
        'reservation' in state ? seal(state.reservation) : null,
      ];
    },
    decode: (row) => ({
      id: number(row, 'id'),
      revision: number(row, 'revision'),
      destinationId: text(row, 'destination'),
      watchFolderId: nullableText(row, 'folder'),
      batchId: nullableText(row, 'batch'),
      origin: parseWord<Origin>(['manual', 'watched'], text(row, 'origin')),
      edge: text(row, 'edge') === '' ? null : text(row, 'edge'),
      groupId: nullableText(row, 'group_id'),
      path: text(row, 'path'),
      name: text(row, 'name'),
      mimeType: text(row, 'mime_type'),
      file: {
        sizeBytes: number(row, 'size_bytes'),
        mtimeNs: text(row, 'mtime_ns'),
        inode: text(row, 'inode'),
      },
      generation: number(row, 'generation'),
      rank: number(row, 'rank'),
      attempts: number(row, 'attempts'),
      renewals: number(row, 'renewals'),
      renewalsInRow: number(row, 'renewals_in_row'),
      wasSignatureRefused: row[at.was_signature_refused] === 1,
      wasDoubted: row[at.was_doubted] === 1,
      wasCompleteTried: row[at.was_complete_tried] === 1,
      reserveKey: nullableText(row, 'reserve_key'),
      state: decodeState(row),
      sha256: nullableText(row, 'sha256'),
      addedAt: number(row, 'added_at'),
      updatedAt: number(row, 'updated_at'),
      completedAt: number(row, 'completed_at') === 0 ? null : number(row, 'completed_at'),
    }),
  };
}

export const encodeEntry = (entry: TimelineEntry): WireEntry => [entry.at, JSON.stringify(entry)];

/** The job that an order became, as the writer wrote it. */
export function newJob(
  file: NewJob,
  given: {
    readonly id: number;
    readonly revision: number;
    readonly generation: number;
    readonly now: number;
  },
): StoredJob {
  return {
    ...file.order,
    id: given.id,
    revision: given.revision,
    generation: given.generation,
    rank: file.rank,
    attempts: 0,
    renewals: 0,
    renewalsInRow: 0,
    wasSignatureRefused: false,
    wasDoubted: false,
    wasCompleteTried: false,
    reserveKey: null,
    state: { name: 'queued', step: 'reserve', reservation: null },
    sha256: null,
    addedAt: given.now,
    updatedAt: given.now,
    completedAt: null,
  };
}

function dueAt(state: StoredState): number | null {
  if (state.name === 'waiting') return state.until;
  return state.name === 'processing' ? state.pollAt : null;
}

function parseFailure(value: SqlValue | undefined): Failure | null {
  if (typeof value !== 'string') return null;
  const parsed = parseJson(value);
  if (typeof parsed !== 'object' || parsed === null || !('code' in parsed)) return null;
  const { code } = parsed;
  if (typeof code !== 'string' || !Object.hasOwn(failureTable, code)) return null;
  // Written by `encode` from a Failure: the code is what may have gone out of use since.
  return parsed as Failure;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function parseWord<Word extends StateName | Step | Origin>(words: readonly Word[], value: string): Word {
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new UploadError('queue-damaged', `an unknown word: ${value.slice(0, 40)}`);
  return word;
}

function number(row: Row, column: JobColumn): number {
  const value = row[at[column]];
  if (typeof value !== 'number') throw new UploadError('queue-damaged', `${column} is no number`);
  return value;
}

const nullableNumber = (row: Row, column: JobColumn) =>
  row[at[column]] === null ? null : number(row, column);

function text(row: Row, column: JobColumn): string {
  const value = row[at[column]];
  if (typeof value !== 'string') throw new UploadError('queue-damaged', `${column} is no text`);
  return value;
}

const nullableText = (row: Row, column: JobColumn) => (row[at[column]] === null ? null : text(row, column));
