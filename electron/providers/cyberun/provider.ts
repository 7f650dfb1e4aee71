/** Cyberun: presign, PUT with the signed headers. A 2xx of the store is the end of an upload. */
import { z } from 'zod';
import type {
  Completion,
  JudgedTry,
  OutgoingFile,
  Provider,
  ProviderCall,
  ProviderLimits,
  Verdict,
  Verification,
} from '#ports/provider.ts';
import type { Reservation, UploadTarget } from '#ports/reservation.ts';
import type { Rejection } from '#ports/transfer.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { Asset, Link } from '#shared/asset.ts';
import { cyberunMaxBytes, type DestinationOf } from '#shared/destination.ts';
import { type Failure, failure } from '#shared/failure.ts';
import { junkAnswer, parseAnswer } from '../answers.ts';
import { expiryOf } from '../expiry.ts';
import { declaredType, sentName } from '../file-facts.ts';
import { failed, judgeS3 } from '../judge.ts';
import { safeHeaders, uploadUrlSchema } from '../upload-url.ts';
import { cyberunDialect } from './dialect.ts';

type CyberunCall = ProviderCall<DestinationOf<'cyberun'>>;

const documentedLimits = { minBytes: 0, maxBytes: cyberunMaxBytes, types: null };

/** Input files are deleted one day after the upload. */
const inputLifeMs = 24 * 3_600_000;

const presignSchema = z.looseObject({
  file_key: z.string().min(1),
  upload_url: uploadUrlSchema,
  upload_headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullish(),
  expires_at: z.unknown().optional(),
});

export function createCyberun(): Provider<DestinationOf<'cyberun'>> {
  return {
    kind: 'cyberun',
    linkKind: 'key',
    isTargetReusable: true,
    confirmsLastingAsset: false,
    allowsPlainHttp: false,
    documentedLimits,
    limits: async (call) => ({ ...documentedLimits, maxBytes: call.destination.maxSizeBytes, edges: null }),
    check: checkFile,
    reserve: (files, _reserveKey, call) => presignAll(files, call),
    // Another presign is only another key.
    renew: (_reservations, files, _reserveKey, call) => presignAll(files, call),
    // Nothing can be asked. The signed If-None-Match guards the key: sent again, 412 says that it had arrived.
    inspect: async () => ({ found: 'missing' }),
    complete,
    poll: (reservation, file, _pollCount, call) => complete(reservation, file, true, call),
    judge,
    link,
    verify,
  };
}

/** Only a user's JWT needs the team; integration and device keys ignore it, and the key is not seen here. */
function callHeaders(call: CyberunCall): Record<string, string> {
  const { teamId } = call.destination;
  return teamId === undefined ? {} : { 'X-Team-ID': teamId };
}

function checkFile(
  file: OutgoingFile,
  _destination: DestinationOf<'cyberun'>,
  limits: ProviderLimits,
): Failure | null {
  if (limits.maxBytes !== null && file.sizeBytes > limits.maxBytes)
    return failure('too-large', '', { limitBytes: limits.maxBytes, sizeBytes: file.sizeBytes });
  return null;
}

async function presignAll(
  files: readonly OutgoingFile[],
  call: CyberunCall,
): Promise<readonly Reservation[]> {
  const reservations: Reservation[] = [];
  for (const file of files) reservations.push(await presign(file, call));
  return reservations;
}

async function presign(file: OutgoingFile, call: CyberunCall): Promise<Reservation> {
  const response = await call.api.request({
    method: 'POST',
    path: '/r/files/presign',
    json: {
      file_name: sentName(file.name),
      file_size: file.sizeBytes,
      content_type: declaredType(file),
    },
    headers: callHeaders(call),
    signal: call.signal,
  });
  const answer = parseAnswer(response, presignSchema, cyberunDialect);
  const headers = safeHeaders(answer.upload_headers ?? {});
  if (headers === null) throw junkAnswer(response, 'upload_headers: not valid as headers');
  const signedLength = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-length');
  if (signedLength !== undefined && Number(signedLength[1]) !== file.sizeBytes)
    throw junkAnswer(response, 'upload_headers: signed for another Content-Length than the file has');
  const target: UploadTarget = { method: 'PUT', url: answer.upload_url, headers };
  const expiresAt = expiryOf({ stated: answer.expires_at, target, skewMs: response.skewMs });
  return {
    remoteId: answer.file_key,
    target,
    issuedAt: response.receivedAt,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    memo: {},
  };
}

/**
 * 412 after a doubtful try: it had arrived. On a first try: the key is taken, presign again.
 *
 * In doubt, nobody but the store can be asked, and under another key the bytes would be there twice. So what does not come
 * from the store (it has no code) never makes us leave the key: it is tried again, until it runs out.
 */
function judge(rejection: Rejection, tried: JudgedTry): Verdict {
  const verdict = judgeS3(rejection, tried);
  const isOfNoStore = verdict.kind === 'spent' && rejection.storeCode === null;
  if (!isOfNoStore || !tried.wasDoubted) return verdict;
  return failed('bad-answer', { ...rejection, message: verdict.failure.message });
}

/** No request: the service has no such call. */
async function complete(
  reservation: Reservation,
  _file: OutgoingFile,
  isRepeat: boolean,
  call: CyberunCall,
): Promise<Completion> {
  // After a crash the time of the upload is not known: the day is counted from the earliest that it can have been.
  const uploadedAt = isRepeat ? reservation.issuedAt : call.now();
  return {
    done: true,
    asset: {
      id: reservation.remoteId,
      link: reservation.remoteId,
      linkKind: 'key',
      linkExpiresAt: uploadedAt + inputLifeMs,
      hasFreshUrl: false,
      confirmedBytes: null,
      artifacts: [],
    },
  };
}

async function link(asset: Asset, call: CyberunCall): Promise<Link> {
  if (asset.linkExpiresAt !== null && asset.linkExpiresAt <= call.now())
    throw new UploadError('not-found', 'Cyberun deletes an input file one day after its upload.');
  return { text: asset.link, kind: asset.linkKind, expiresAt: asset.linkExpiresAt };
}

const workflowsSchema = z.looseObject({
  workflow_list: z.array(z.unknown()).nullish(),
  page_meta: z.looseObject({ total_count: z.number().optional() }).nullish(),
});

async function verify(call: CyberunCall): Promise<Verification> {
  const response = await call.api.request({
    method: 'GET',
    path: '/r/workflows',
    headers: callHeaders(call),
    signal: call.signal,
  });
  const answer = parseAnswer(response, workflowsSchema, cyberunDialect);
  if (answer.workflow_list === undefined) throw junkAnswer(response, 'workflow_list: missing');
  const count = answer.page_meta?.total_count ?? answer.workflow_list?.length ?? 0;
  return {
    proof: `key accepted, ${count} ${count === 1 ? 'workflow' : 'workflows'} visible`,
    details: [],
  };
}
