/** After an end that left doubt: FLORA is told to complete, and its answer shows whether it has the bytes. */
import type { Inspection, OutgoingFile } from '#ports/provider.ts';
import type { Reservation } from '#ports/reservation.ts';
import { isSuccess, refusalOf } from '../answers.ts';
import { deriveKey } from '../derived-key.ts';
import { declaredType } from '../file-facts.ts';
import { safeWords } from '../server-words.ts';
import { type AssetAnswer, isReady, targetOf } from './asset-answer.ts';
import { floraDialect } from './dialect.ts';
import { readyAsset } from './finishing.ts';
import { type FloraCall, getAsset, isGone, isWrongState, parseAssetAnswer, postAsset } from './requests.ts';
import { type FloraMemory, renewReservation, reservationFrom } from './reserving.ts';

export async function inspectAsset(
  reservation: Reservation,
  file: OutgoingFile,
  call: FloraCall,
  memory: FloraMemory,
): Promise<Inspection> {
  const assetId = reservation.remoteId;
  const key = reservation.memo.key ?? deriveKey(assetId, 'reservation');
  const response = await postAsset(assetId, 'complete', call);
  if (isSuccess(response)) {
    const answer = parseAssetAnswer(response);
    if (answer.status === 'pending_upload' && targetOf(answer, declaredType(file)) !== null)
      return { found: 'missing', reservation: reservationFrom(answer, response, file, key, memory) };
    const found = await fromStatus(answer, file, call);
    if (found !== null) return found;
  } else if (isWrongState(response)) {
    const known = await getAsset(assetId, call);
    if (known === null && response.status === 409) throw refusalOf(response, floraDialect);
    // Refused while still pending: only bytes that it has counted speak for an upload.
    const isEmpty = known === null || (known.status === 'pending_upload' && !(known.sizeBytes ?? 0));
    const found = isEmpty ? null : await fromStatus(known, file, call);
    if (found !== null) return found;
  } else if (!isGone(response)) {
    throw refusalOf(response, floraDialect);
  }
  return { found: 'missing', reservation: await renewReservation(reservation, file, key, call, memory) };
}

/** Null: the asset failed. */
async function fromStatus(
  answer: AssetAnswer,
  file: OutgoingFile,
  call: FloraCall,
): Promise<Inspection | null> {
  if (isReady(answer)) return { found: 'completed', asset: await readyAsset(answer, file, true, call) };
  if (answer.status !== 'failed') return { found: 'arrived' };
  const words = safeWords(answer.failureMessage ?? '');
  call.note(`FLORA declared the asset failed${words === '' ? '' : `: ${words}`}.`.replace(/\.\.$/, '.'));
  return null;
}
