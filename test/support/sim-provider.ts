/** Providers for the simulated service: the port's behaviour of each dialect, without its details. */
import { z } from 'zod';
import type { Completion, OutgoingFile, Provider, ProviderCall, ProviderRegistry } from '#ports/provider.ts';
import type { Reservation } from '#ports/reservation.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { Asset } from '#shared/asset.ts';
import type { ProviderKind } from '#shared/destination.ts';
import { failure } from '#shared/failure.ts';
import type { ApiOp } from './sim-faults.ts';
import { judgeSim } from './sim-judge.ts';

const targetsSchema = z.object({
  targets: z.array(z.object({ id: z.string(), remoteId: z.string(), ttlMs: z.number().nullable() })),
});
const inspectionSchema = z.object({
  found: z.enum(['arrived', 'missing']),
  isOver: z.boolean().default(false),
});
const completionSchema = z.union([
  z.object({ assetId: z.string() }),
  z.object({ pending: z.literal(true) }),
  z.object({ failed: z.literal(true) }),
]);
export const pollAfterMs = 1000;
/** Whoever sees it in a text has seen a secret. */
export const signatureMark = 'X-Sim-Signature';

export const simProviders = (limits: (destinationId: string) => number | null): ProviderRegistry => ({
  runflow: createProvider('runflow', limits),
  flora: createProvider('flora', limits),
  cyberun: createProvider('cyberun', limits),
  pupload: createProvider('pupload', limits),
});

function createProvider(kind: ProviderKind, maxBytes: (destinationId: string) => number | null): Provider {
  return {
    kind,
    linkKind: 'url',
    isTargetReusable: kind !== 'flora',
    confirmsLastingAsset: true,
    allowsPlainHttp: false,
    documentedLimits: { minBytes: 0, maxBytes: null, types: null },
    limits: async ({ destination }) => ({
      maxBytes: maxBytes(destination.id),
      minBytes: 0,
      types: null,
      edges: null,
    }),
    check: (file, _destination, { maxBytes: limitBytes }) =>
      limitBytes !== null && file.sizeBytes > limitBytes ? failure('too-large', '', { limitBytes }) : null,
    reserve: (files, key, call) => targets(kind, 'reserve', files, { files: files.map(plain), key }, call),
    async renew(reservations, files, key, call) {
      const slots = reservations.map(({ memo }) => memo.slot);
      try {
        return await targets(kind, 'renew', files, { slots, files: files.map(plain), key }, call);
      } catch (error) {
        if (!(error instanceof UploadError) || error.code !== 'conflict' || kind !== 'flora') throw error;
        call.note('The earlier reservation stays unused at the service.');
        return targets(kind, 'reserve', files, { files: files.map(plain), key: `${key}+` }, call);
      }
    },
    async inspect(reservation, file, call) {
      if (kind === 'cyberun') return { found: 'missing' };
      const body = await ask('inspect', file.name, { slots: [reservation.memo.slot] }, call);
      const fresh = targetsSchema.safeParse(body);
      if (fresh.success) {
        const [target] = fresh.data.targets;
        if (target !== undefined) return { found: 'missing', reservation: reservationOf(target, call) };
      }
      const { found, isOver } = parsed(inspectionSchema, body);
      if (found === 'arrived') return { found };
      return isOver ? { found, reservation: null } : { found };
    },
    async complete(reservation, file, isRepeat, call) {
      if (kind === 'cyberun') return { done: true, asset: assetOf(reservation.remoteId, file) };
      const slots = [reservation.memo.slot];
      return completion(kind, await ask('complete', file.name, { slots, isRepeat }, call), file);
    },
    async poll(reservation, file, _count, call) {
      return completion(kind, await ask('poll', file.name, { slots: [reservation.memo.slot] }, call), file);
    },
    judge: judgeSim,
    link: async (asset) => ({ text: asset.link, kind: asset.linkKind, expiresAt: null }),
    async verify(call) {
      await ask('verify', '', {}, call);
      return { proof: 'key accepted', details: [] };
    },
  };
}

async function targets(
  kind: ProviderKind,
  op: ApiOp,
  files: readonly OutgoingFile[],
  json: object,
  call: ProviderCall,
): Promise<readonly Reservation[]> {
  const body = await ask(op, files[0]?.name ?? '', json, call);
  const given = parsed(targetsSchema, body).targets;
  if (given.length !== files.length)
    throw new UploadError('bad-answer', `${kind} gave ${given.length} targets.`);
  return given.map((target) => reservationOf(target, call));
}

async function ask(op: ApiOp, name: string, json: object, call: ProviderCall): Promise<unknown> {
  const answer = await call.api.request({
    method: 'POST',
    path: `/${op}`,
    json: { ...json, name },
    signal: call.signal,
  });
  switch (answer.status) {
    case 200:
      return answer.body;
    case 401:
      throw new UploadError('key-refused');
    case 404:
      throw new UploadError('not-found');
    case 409:
      throw new UploadError('conflict');
    case 429:
      throw new UploadError('rate-limited', '', { retryAfterMs: answer.retryAfterMs });
    default:
      throw new UploadError('server-error', '', { facts: { status: answer.status } });
  }
}

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (!result.success) throw new UploadError('bad-answer');
  return result.data;
}

function reservationOf(
  target: z.infer<typeof targetsSchema>['targets'][number],
  call: ProviderCall,
): Reservation {
  const issuedAt = call.now();
  return {
    remoteId: target.remoteId,
    target: {
      method: 'PUT',
      url: `https://store.sim/${target.id}?${signatureMark}=${target.id}`,
      headers: {},
    },
    issuedAt,
    ...(target.ttlMs === null ? {} : { expiresAt: issuedAt + target.ttlMs }),
    memo: { slot: target.id },
  };
}

function completion(kind: ProviderKind, body: unknown, file: OutgoingFile): Completion {
  const answer = parsed(completionSchema, body);
  if ('failed' in answer) throw new UploadError(kind === 'pupload' ? 'flow-run-failed' : 'asset-failed');
  if ('pending' in answer) return { done: false, pollAfterMs };
  return { done: true, asset: assetOf(answer.assetId, file) };
}

const assetOf = (id: string, file: OutgoingFile): Asset => ({
  id,
  link: `https://cdn.sim/${id}`,
  linkKind: 'url',
  linkExpiresAt: null,
  hasFreshUrl: false,
  confirmedBytes: file.sizeBytes,
  artifacts: [],
});

const plain = ({ name, path, sizeBytes, edge }: OutgoingFile) => ({ name, path, sizeBytes, edge });
