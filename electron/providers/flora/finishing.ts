/** From bytes that are there to an asset that is ready, and onto the project's canvas where that is asked for. */
import type { Completion, OutgoingFile } from '#ports/provider.ts';
import type { Reservation } from '#ports/reservation.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { Asset } from '#shared/asset.ts';
import { formatBytes } from '#shared/failure.ts';
import { isSuccess, refusalOf } from '../answers.ts';
import { steadyThenSlowerMs } from '../poll-delay.ts';
import { safeWords } from '../server-words.ts';
import { type AssetAnswer, isReady, targetOf } from './asset-answer.ts';
import { floraDialect } from './dialect.ts';
import {
  type FloraCall,
  getAsset,
  isGone,
  isWrongState,
  listAssets,
  parseAssetAnswer,
  postAsset,
} from './requests.ts';

/** About an hour: an asset that is still pending then never had its bytes. */
const mostPolls = 240;
/** A first `complete` was refused with 409, as if it were complete already: if it stays pending so long, it was not. */
const pollsBeforeToldAgain = 5;

/** Tells FLORA that the bytes are there; `isRepeat` looks first, since it may have been told before. */
export async function completeAsset(
  reservation: Reservation,
  file: OutgoingFile,
  isRepeat: boolean,
  call: FloraCall,
  pollScale: number,
): Promise<Completion> {
  const assetId = reservation.remoteId;
  // A job that comes back from a failed poll is told to complete anew; the memo knows better.
  const wasTold = isRepeat || reservation.memo.told === 'yes';
  if (wasTold) {
    const known = await getAsset(assetId, call);
    if (known !== null && known.status !== 'pending_upload')
      return continueFrom(known, reservation, file, true, call, pollScale);
  }
  const response = await postAsset(assetId, 'complete', call);
  if (isGone(response)) throw notArrived('FLORA does not know the asset.');
  if (isSuccess(response))
    return continueFrom(parseAssetAnswer(response), reservation, file, wasTold, call, pollScale);
  if (!isWrongState(response)) throw refusalOf(response, floraDialect);
  // Already complete, most likely: the asset itself says how it stands.
  const known = await getAsset(assetId, call);
  if (known === null) throw notArrived('FLORA does not know the asset.');
  if (known.status === 'pending_upload' && response.status !== 409) throw refusalOf(response, floraDialect);
  return continueFrom(known, reservation, file, wasTold, call, pollScale, wasTold ? 'yes' : 'perhaps');
}

export async function pollAsset(
  reservation: Reservation,
  file: OutgoingFile,
  pollCount: number,
  call: FloraCall,
  pollScale: number,
): Promise<Completion> {
  const known = await getAsset(reservation.remoteId, call);
  if (known === null) throw notArrived('FLORA does not know the asset.');
  if (isReady(known)) return { done: true, asset: await readyAsset(known, file, false, call) };
  if (known.status === 'failed') throw failedAsset(known.failureMessage);
  if (reservation.memo.told === 'perhaps' && pollCount >= pollsBeforeToldAgain)
    return completeAsset(reservation, file, true, call, pollScale);
  if (pollCount >= mostPolls)
    throw failedAsset(`The asset is still "${safeWords(known.status)}" after ${pollCount} looks.`);
  return { done: false, pollAfterMs: steadyThenSlowerMs(pollCount) * pollScale };
}

async function continueFrom(
  answer: AssetAnswer,
  reservation: Reservation,
  file: OutgoingFile,
  isRepeat: boolean,
  call: FloraCall,
  pollScale: number,
  told: 'yes' | 'perhaps' = 'yes',
): Promise<Completion> {
  if (isReady(answer)) return { done: true, asset: await readyAsset(answer, file, isRepeat, call) };
  if (answer.status === 'failed') throw failedAsset(answer.failureMessage);
  // It offers a place to upload to: it has no bytes.
  if (targetOf(answer, '') !== null) throw notArrived('FLORA says that it has no bytes.');
  return {
    done: false,
    pollAfterMs: steadyThenSlowerMs(0) * pollScale,
    reservation: { ...reservation, memo: { ...reservation.memo, told } },
  };
}

/** Checks the size, attaches, and says what is kept. */
export async function readyAsset(
  answer: AssetAnswer,
  file: OutgoingFile,
  isRepeat: boolean,
  call: FloraCall,
): Promise<Asset> {
  const whole = await withSize(answer, call);
  if (whole.url == null) throw new UploadError('bad-answer', 'The asset is ready, but has no URL.');
  const size = whole.sizeBytes ?? null;
  if (size !== null && size !== file.sizeBytes)
    throw failedAsset(`FLORA has ${formatBytes(size)} (${size} bytes) of ${file.sizeBytes} bytes.`);
  await attach(answer.assetId, file, isRepeat, call);
  return {
    id: answer.assetId,
    link: whole.url,
    linkKind: 'url',
    linkExpiresAt: null,
    hasFreshUrl: false,
    confirmedBytes: size,
    artifacts: [],
  };
}

/** `complete` answers without the size; only the asset itself says it. */
async function withSize(answer: AssetAnswer, call: FloraCall): Promise<AssetAnswer> {
  if (answer.sizeBytes != null && answer.url != null) return answer;
  try {
    const known = await getAsset(answer.assetId, call);
    return {
      ...answer,
      url: known?.url ?? answer.url,
      sizeBytes: known?.sizeBytes ?? answer.sizeBytes,
    };
  } catch (error) {
    call.signal.throwIfAborted();
    // The asset is ready all the same; only its size stays unconfirmed.
    if (error instanceof UploadError && answer.url != null) return answer;
    throw error;
  }
}

/** Onto the canvas of the project. What goes wrong here is a note: the file is safe. */
async function attach(
  assetId: string,
  file: OutgoingFile,
  isRepeat: boolean,
  call: FloraCall,
): Promise<void> {
  const { projectId } = call.destination;
  if (projectId === undefined) return;
  try {
    if (isRepeat && (await isAttached(assetId, file, projectId, call))) return;
    const response = await call.api.request({
      method: 'POST',
      path: `/projects/${encodeURIComponent(projectId)}/assets/${encodeURIComponent(assetId)}/attach`,
      signal: call.signal,
    });
    if (!isSuccess(response)) throw refusalOf(response, floraDialect);
  } catch (error) {
    call.signal.throwIfAborted();
    if (!(error instanceof UploadError)) throw error;
    const words = error.failure.message;
    call.note(
      `The asset was not attached to ${projectId}${words === '' ? '' : `: ${words}`}.`.replace(/\.\.$/, '.'),
    );
  }
}

/** A second attach would put a second node on the canvas. */
async function isAttached(
  assetId: string,
  file: OutgoingFile,
  projectId: string,
  call: FloraCall,
): Promise<boolean> {
  const { assets } = await listAssets({ project_id: projectId, query: file.name.normalize('NFC') }, call);
  return assets.some((asset) => asset.assetId === assetId && asset.projectId === projectId);
}

/** It may be wrong for a moment: what it says when it is asked once more decides whether the bytes go again. */
function notArrived(message: string): UploadError {
  return new UploadError('not-arrived', message);
}

export function failedAsset(message: string | null | undefined): UploadError {
  return new UploadError('asset-failed', safeWords(message ?? ''));
}
