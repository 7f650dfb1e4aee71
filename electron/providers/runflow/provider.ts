/** Runflow: create an upload, PUT with the declared type, confirm. */
import { z } from 'zod';
import type {
  Completion,
  Inspection,
  OutgoingFile,
  Provider,
  ProviderLimits,
  Verification,
} from '#ports/provider.ts';
import type { Reservation, UploadTarget } from '#ports/reservation.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { Asset, Link } from '#shared/asset.ts';
import type { DestinationOf } from '#shared/destination.ts';
import { type Failure, failure } from '#shared/failure.ts';
import { type AnswerCache, createAnswerCache } from '../answer-cache.ts';
import { isSuccess, parseAnswer, refusalOf } from '../answers.ts';
import { expiryOf } from '../expiry.ts';
import { cutName, declaredType, hasType, sentName } from '../file-facts.ts';
import { judgeS3 } from '../judge.ts';
import { safeWords } from '../server-words.ts';
import { uploadUrlSchema } from '../upload-url.ts';
import { describeAccount } from './account.ts';
import {
  callHeaders,
  confirm,
  findAsset,
  getAsset,
  parseAsset,
  type RunflowCall,
  toAsset,
} from './assets.ts';
import { maxBytes, runflowDialect, saysNotUploaded } from './dialect.ts';
import { readTypes } from './types-list.ts';

const longestName = 500;
const typesAgeMs = 24 * 3_600_000;

const uploadSchema = z.looseObject({
  /** A UUID by the reference, another form by the guide: opaque. */
  asset_id: z.string().min(1),
  upload_url: uploadUrlSchema,
  expires_at: z.unknown().optional(),
});

/** Which types it takes, it says itself when it is asked. */
const documentedLimits = { minBytes: 1, maxBytes, types: null };

type Types = AnswerCache<readonly string[] | null>;

/** `onTypes`: the service said, or said anew, which types it takes. */
export function createRunflow(onTypes: () => void = () => {}): Provider<DestinationOf<'runflow'>> {
  const types: Types = createAnswerCache(typesAgeMs);
  async function learn(call: RunflowCall): Promise<readonly string[] | null> {
    const before = types.peek(cacheKeyOf(call.destination));
    const known = await knownTypes(types, call);
    if (known !== null && known !== before) onTypes();
    return known;
  }
  return {
    kind: 'runflow',
    linkKind: 'url',
    isTargetReusable: true,
    confirmsLastingAsset: true,
    allowsPlainHttp: false,
    documentedLimits,
    limits: async (call) => ({ ...documentedLimits, types: await learn(call), edges: null }),
    knownTypes: (destination) => types.peek(cacheKeyOf(destination)) ?? null,
    check: checkFile,
    reserve: (files, _reserveKey, call) => reserveAll(files, call),
    // There is no way to renew: an upload that was never confirmed is only a wasted session.
    renew: (_reservations, files, _reserveKey, call) => reserveAll(files, call),
    inspect,
    complete,
    poll: (reservation, file, _pollCount, call) => complete(reservation, file, true, call),
    judge: judgeS3,
    link,
    verify: (call) => verify(call, learn),
  };
}

const cacheKeyOf = ({ id, baseUrl, organizationId = '' }: DestinationOf<'runflow'>): string =>
  [id, baseUrl, organizationId].join(' ');

/** Null where the list cannot be had: it is a help, and what it would refuse, the reservation refuses too. */
async function knownTypes(types: Types, call: RunflowCall): Promise<readonly string[] | null> {
  try {
    return await types.get(cacheKeyOf(call.destination), {
      now: call.now(),
      signal: call.signal,
      ask: () => askTypes(call),
    });
  } catch (error) {
    call.signal.throwIfAborted();
    if (error instanceof UploadError) return null;
    throw error;
  }
}

/** Throws where asking again later may help; a service without such a list is asked once. */
async function askTypes(call: RunflowCall): Promise<readonly string[] | null> {
  const response = await call.api.request({
    method: 'GET',
    path: '/v1/assets/types',
    headers: callHeaders(call),
    signal: call.signal,
  });
  if (isSuccess(response)) return readTypes(response.body);
  const { status } = response;
  if (status === 401 || status === 402 || status === 403 || status === 408 || status === 429 || status >= 500)
    throw refusalOf(response, runflowDialect);
  return null;
}

function checkFile(
  file: OutgoingFile,
  _destination: DestinationOf<'runflow'>,
  limits: ProviderLimits,
): Failure | null {
  if (sentName(file.name).trim() === '') return failure('name-refused');
  if (file.sizeBytes < limits.minBytes) return failure('empty-file', '', { sizeBytes: file.sizeBytes });
  if (limits.maxBytes !== null && file.sizeBytes > limits.maxBytes)
    return failure('too-large', '', { limitBytes: limits.maxBytes, sizeBytes: file.sizeBytes });
  const type = declaredType(file);
  if (type.length > 255 || (limits.types !== null && !hasType(limits.types, type)))
    return failure('type-refused', '', { type: type.slice(0, 255) });
  return null;
}

async function reserveAll(
  files: readonly OutgoingFile[],
  call: RunflowCall,
): Promise<readonly Reservation[]> {
  const reservations: Reservation[] = [];
  for (const file of files) reservations.push(await reserveOne(file, call));
  return reservations;
}

async function reserveOne(file: OutgoingFile, call: RunflowCall): Promise<Reservation> {
  const type = declaredType(file);
  const response = await call.api.request({
    method: 'POST',
    path: '/v1/asset-uploads',
    json: {
      filename: cutName(sentName(file.name), longestName),
      mime_type: type,
      size_bytes: file.sizeBytes,
    },
    headers: callHeaders(call),
    signal: call.signal,
  });
  const answer = parseAnswer(response, uploadSchema, runflowDialect);
  const target: UploadTarget = {
    method: 'PUT',
    url: answer.upload_url,
    // The store wants the very type that was declared.
    headers: { 'Content-Type': type },
  };
  const expiresAt = expiryOf({ stated: answer.expires_at, target, skewMs: response.skewMs });
  return {
    remoteId: answer.asset_id,
    target,
    issuedAt: response.receivedAt,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    memo: {},
  };
}

/**
 * Asks by confirming, as nothing else tells whether the bytes are there; but looks first, because an inspection that
 * a crash cut off may have confirmed already.
 */
async function inspect(reservation: Reservation, file: OutgoingFile, call: RunflowCall): Promise<Inspection> {
  const known = await findAsset(reservation.remoteId, call);
  if (known !== null) return { found: 'completed', asset: toAsset(known, file) };
  const confirmation = await confirm(reservation.remoteId, call);
  if (confirmation.kind === 'confirmed')
    return { found: 'completed', asset: toAsset(confirmation.asset, file) };
  const hasRunOut = reservation.expiresAt !== undefined && reservation.expiresAt <= call.now();
  return hasRunOut ? { found: 'missing', reservation: null } : { found: 'missing' };
}

async function complete(
  reservation: Reservation,
  file: OutgoingFile,
  isRepeat: boolean,
  call: RunflowCall,
): Promise<Completion> {
  if (isRepeat) {
    const known = await findAsset(reservation.remoteId, call);
    if (known !== null) return { done: true, asset: toAsset(known, file) };
  }
  const confirmation = await confirm(reservation.remoteId, call);
  if (confirmation.kind === 'confirmed') return { done: true, asset: toAsset(confirmation.asset, file) };
  const { refusal } = confirmation;
  // 409 "duplicate create or a race. Refetch and retry.": refetched, and nothing there yet.
  if (refusal.failure.facts.status === 409 && !saysNotUploaded(refusal.failure.message)) throw refusal;
  throw new UploadError('not-arrived', refusal.failure.message, {
    facts: refusal.failure.facts,
    cause: refusal,
  });
}

/** A fresh signed URL; where it cannot be had now, the reference, which never dies. */
async function link(asset: Asset, call: RunflowCall): Promise<Link> {
  const reference: Link = { text: asset.link, kind: asset.linkKind, expiresAt: asset.linkExpiresAt };
  try {
    const response = await getAsset(asset.id, call);
    if (response.status === 404 || response.status === 410)
      throw new UploadError('not-found', 'Runflow has no such asset any more.');
    const record = parseAsset(response);
    if (record.deleted_at != null) throw new UploadError('not-found', 'The asset was deleted at Runflow.');
    const target: UploadTarget = { method: 'PUT', url: record.url, headers: {} };
    return {
      text: record.url,
      kind: 'url',
      expiresAt: expiryOf({ target, skewMs: response.skewMs }) ?? null,
    };
  } catch (error) {
    call.signal.throwIfAborted();
    if (error instanceof UploadError && error.code !== 'not-found') return reference;
    throw error;
  }
}

async function verify(
  call: RunflowCall,
  learn: (call: RunflowCall) => Promise<readonly string[] | null>,
): Promise<Verification> {
  const response = await call.api.request({
    method: 'GET',
    path: '/v1/auth/me',
    headers: callHeaders(call),
    signal: call.signal,
  });
  const body = parseAnswer(response, z.looseObject({}), runflowDialect);
  const known = await learn(call);
  return {
    proof: safeWords(describeAccount(body) ?? 'key accepted'),
    details: [
      known === null
        ? 'The service does not say which file types it takes.'
        : `It takes ${known.length} file types.`,
    ],
  };
}
