/** How FLORA gives a target: create, create again under a further key, or retry an asset that is there. */
import type { ApiResponse } from '#ports/api-client.ts';
import type { OutgoingFile } from '#ports/provider.ts';
import type { Reservation } from '#ports/reservation.ts';
import { UploadError } from '#ports/upload-error.ts';
import { isSuccess, junkAnswer, refusalOf } from '../answers.ts';
import { deriveKey } from '../derived-key.ts';
import { expiryOf } from '../expiry.ts';
import { declaredType, sentName } from '../file-facts.ts';
import { parseTimestamp } from '../timestamps.ts';
import { type AssetAnswer, isReady, targetOf } from './asset-answer.ts';
import { floraDialect, isDuplicateKey, isKeyConflict } from './dialect.ts';
import {
  createAsset,
  type FloraCall,
  getAsset,
  isGone,
  isWrongState,
  listAssets,
  parseAssetAnswer,
  postAsset,
} from './requests.ts';

/** What this process knows of its own reservations, so that no two files ever share an asset. */
export interface FloraMemory {
  /** Assets that were given to a reservation here. */
  readonly given: Set<string>;
  /** When a key was first sent by this process. */
  readonly keySentAt: Map<string, number>;
}

/** A key that the service refuses is followed by the next of its row; more than this is no accident. */
const mostKeys = 6;
/** The service's clock and ours may differ by this much. */
const clockSlackMs = 60_000;
const mostRemembered = 20_000;

export function createMemory(): FloraMemory {
  return { given: new Set(), keySentAt: new Map() };
}

/** A new asset. `key` is stored before the call, so that a repeat after a crash is the same request. */
export async function createReservation(
  file: OutgoingFile,
  key: string,
  call: FloraCall,
  memory: FloraMemory,
): Promise<Reservation> {
  let response: ApiResponse | null = null;
  for (let index = 0; index < mostKeys; index += 1) {
    const nextKey = index === 0 ? key : deriveKey(key, `next ${index}`);
    const isFirstHere = !memory.keySentAt.has(nextKey);
    if (isFirstHere) remember(memory.keySentAt, nextKey, call.now());
    response = await createAsset(file, nextKey, call);
    const reservation = await fromCreated(response, file, nextKey, call, memory);
    if (reservation !== null) return reservation;
  }
  throw response === null ? new Error('No key was tried.') : refusalOf(response, floraDialect);
}

/** Null where the key is used up: by an earlier request of ours, or with another body. */
async function fromCreated(
  response: ApiResponse,
  file: OutgoingFile,
  key: string,
  call: FloraCall,
  memory: FloraMemory,
): Promise<Reservation | null> {
  if (isKeyConflict(response)) {
    call.note('FLORA knows this reservation key with another request; a new key is used.');
    return null;
  }
  if (isDuplicateKey(response)) return lookUp(file, key, call, memory);
  const answer = parseAssetAnswer(response);
  const isUsed = memory.given.has(answer.assetId);
  // A replayed answer whose form was given out before: the same form is never sent twice.
  if (isUsed || targetOf(answer, declaredType(file)) === null || answer.status !== 'pending_upload')
    return await retryOr(answer.assetId, file, key, call, memory, response);
  return reservationFrom(answer, response, file, key, memory);
}

async function retryOr(
  assetId: string,
  file: OutgoingFile,
  key: string,
  call: FloraCall,
  memory: FloraMemory,
  created: ApiResponse,
): Promise<Reservation | null> {
  const retried = await retryAsset(assetId, file, key, call, memory);
  if (retried !== null) return retried;
  if (!memory.given.has(assetId) && created.headers['idempotent-replayed'] === undefined)
    throw junkAnswer(created, 'the answer names no place to upload to');
  call.note(unusedNote(assetId));
  return null;
}

/**
 * The first request with this key took effect, but its answer was lost. Its asset is taken only where no other file can
 * own it: one such name, still pending, not given to anybody here, not older than the request.
 */
async function lookUp(
  file: OutgoingFile,
  key: string,
  call: FloraCall,
  memory: FloraMemory,
): Promise<Reservation | null> {
  const name = sentName(file.name);
  const { assets, isWhole } = await listAssets({ query: name }, call);
  const sentAt = memory.keySentAt.get(key) ?? 0;
  const own = assets.filter((asset) => {
    const createdAt = parseTimestamp(asset.createdAt);
    return (
      asset.status === 'pending_upload' &&
      asset.name === name &&
      !memory.given.has(asset.assetId) &&
      (createdAt === null || createdAt >= sentAt - clockSlackMs)
    );
  });
  const [only] = own;
  if (isWhole && own.length === 1 && only !== undefined) {
    const retried = await retryAsset(only.assetId, file, key, call, memory);
    if (retried !== null) {
      call.note(`The earlier reservation ${only.assetId} was found and is used.`);
      return retried;
    }
    call.note(unusedNote(only.assetId));
    return null;
  }
  call.note('An earlier reservation, whose answer was lost, stays unused at the service.');
  return null;
}

/** A fresh target for the same asset; null where FLORA gives none: the asset is gone, or neither failed nor expired. */
export async function retryAsset(
  assetId: string,
  file: OutgoingFile,
  key: string,
  call: FloraCall,
  memory: FloraMemory,
): Promise<Reservation | null> {
  const response = await postAsset(assetId, 'retry', call);
  if (isGone(response) || isWrongState(response)) return null;
  if (!isSuccess(response)) throw refusalOf(response, floraDialect);
  const answer = parseAssetAnswer(response);
  return reservationFrom(answer, response, file, key, memory);
}

/** Retry, else a new asset: bytes that were sent with a form are never sent with the same form again. */
export async function renewReservation(
  old: Reservation,
  file: OutgoingFile,
  key: string,
  call: FloraCall,
  memory: FloraMemory,
): Promise<Reservation> {
  remember(memory.given, old.remoteId);
  const response = await postAsset(old.remoteId, 'retry', call);
  if (isSuccess(response)) return reservationFrom(parseAssetAnswer(response), response, file, key, memory);
  if (!isGone(response) && !isWrongState(response)) throw refusalOf(response, floraDialect);
  const known = await getAsset(old.remoteId, call);
  // In a state that allows no retry, and not there: one of the two answers is wrong, and another asset would be one too many.
  if (known === null && response.status === 409) throw refusalOf(response, floraDialect);
  if (known !== null && hasWhole(known, file))
    throw new UploadError('not-arrived', 'FLORA has the file after all.');
  call.note(
    known === null
      ? `FLORA does not know ${old.remoteId} any more; a new reservation is made.`
      : unusedNote(old.remoteId, known.status),
  );
  return createReservation(file, deriveKey(key, `after ${old.remoteId}`), call, memory);
}

/** All bytes of the file are there: ready, or still being worked on. */
function hasWhole(known: AssetAnswer, file: OutgoingFile): boolean {
  const size = known.sizeBytes ?? null;
  if (isReady(known)) return size === null || size === file.sizeBytes;
  return known.status !== 'failed' && file.sizeBytes > 0 && size === file.sizeBytes;
}

export function reservationFrom(
  answer: AssetAnswer,
  response: ApiResponse,
  file: OutgoingFile,
  key: string,
  memory: FloraMemory,
): Reservation {
  const target = targetOf(answer, declaredType(file));
  if (target === null) throw junkAnswer(response, 'the answer names no place to upload to');
  remember(memory.given, answer.assetId);
  const expiresAt = expiryOf({ stated: answer.expiresAt, target, skewMs: response.skewMs });
  return {
    remoteId: answer.assetId,
    target,
    issuedAt: response.receivedAt,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    memo: { key },
  };
}

function unusedNote(assetId: string, status?: string): string {
  return `The earlier reservation ${assetId} stays unused at the service${status === undefined ? '' : ` (${status})`}.`;
}

function remember(into: Set<string>, key: string): void;
function remember(into: Map<string, number>, key: string, at: number): void;
function remember(into: Set<string> | Map<string, number>, key: string, at = 0): void {
  const oldest = into.keys().next();
  if (into.size >= mostRemembered && !oldest.done) into.delete(oldest.value);
  if (into instanceof Map) into.set(key, at);
  else into.add(key);
}
