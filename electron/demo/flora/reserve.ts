/** POST /assets: the reservation, with the two accounts of idempotency. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Answer, json } from '../http/answer.ts';
import { readJson } from '../http/body.ts';
import type { Call } from '../http/surface.ts';
import { prefixedId } from '../ids.ts';
import type { FloraAsset } from './asset.ts';
import { refuse, refuseFields } from './envelope.ts';
import type { Flora } from './state.ts';
import { makeTarget } from './targets.ts';

/** The specification's window. */
const keyWindowMs = 2 * 3_600_000;

const bodyShape = {
  source: z.string(),
  workspace_id: z.string().regex(/^ws_./, 'Must start with ws_'),
  file_name: z.string().min(1).optional(),
  content_type: z.string().min(1).optional(),
  folder: z.string().optional(),
};
// The schema forbids additional properties: whatever is not named here is refused.
const strictBody = z.strictObject(bodyShape);
const newerBody = z.strictObject({
  ...bodyShape,
  project_id: z
    .string()
    .regex(/^prj_./, 'Must start with prj_')
    .optional(),
});

export async function reserve(flora: Flora, call: Call): Promise<Answer | null> {
  if (/^multipart\//i.test(call.request.headers['content-type'] ?? '')) {
    // Direct bytes are in the SDK only, not in the specification; the demo keeps to the specification.
    return (await call.body.drain()) ? refuse(415) : null;
  }
  const body = await readJson(call.body);
  if (body.kind === 'broken') return null;
  if (body.kind === 'invalid') return refuse(400, 'invalid_json', 'The body is not valid JSON.');
  const schema = flora.context.settings.flora.projectIdOnCreate ? newerBody : strictBody;
  const parsed = schema.safeParse(body.value);
  if (!parsed.success) return refuseFields(fieldErrors(parsed.error));
  const sourceProblem = refuseSource(parsed.data.source);
  if (sourceProblem !== null) return sourceProblem;
  if (parsed.data.workspace_id !== flora.context.address.flora.workspaceId) return refuse(403);

  const bodyHash = createHash('sha256').update(body.text).digest('hex');
  const key = call.request.headers['idempotency-key'];
  const used = typeof key === 'string' ? answerUsedKey(flora, key, bodyHash) : null;
  if (used !== null) return used;

  const answer = json(201, makeAsset(flora, parsed.data));
  if (typeof key === 'string') {
    flora.usedKeys.put(key, { bodyHash, answer: answer.body ?? '', at: flora.context.now() });
  }
  return answer;
}

function answerUsedKey(flora: Flora, key: string, bodyHash: string): Answer | null {
  const used = flora.usedKeys.get(key);
  if (used === null || flora.context.now() >= used.at + keyWindowMs) return null;
  if (used.bodyHash !== bodyHash) return refuse(422);
  if (flora.context.settings.flora.usedKey === 'duplicate') {
    return refuse(409, 'idempotency_duplicate', 'A request with this idempotency key took effect already.');
  }
  const headers = { 'content-type': 'application/json', 'idempotent-replayed': 'true' };
  return { status: 201, headers, body: used.answer };
}

function makeAsset(flora: Flora, body: z.infer<typeof strictBody>): object {
  const { context } = flora;
  const id = prefixedId('asset');
  const base = {
    id,
    workspaceId: body.workspace_id,
    fileName: body.file_name ?? id,
    contentType: body.content_type ?? null,
    folder: body.folder ?? null,
    key: id,
  };
  const asset: FloraAsset = {
    ...base,
    createdAt: context.now(),
    status: 'pending_upload',
    failureMessage: null,
    target: makeTarget(context, base),
    completedAt: null,
    willFailWith: null,
    polls: 0,
    nodes: {},
  };
  flora.keep(asset);
  context.counters.dialects.flora.reservations += 1;
  return flora.present(asset, true);
}

function refuseSource(source: string): Answer | null {
  if (source === 'signed-url') return null;
  const message = source.startsWith('https://')
    ? 'The demo service fetches nothing; use "signed-url".'
    : 'Must be "signed-url" or an HTTPS URL.';
  return refuseFields([{ field: 'source', message }]);
}

function fieldErrors(error: z.ZodError): { field: string; message: string }[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((field) => ({ field, message: 'Unrecognized property' }))
      : [{ field: issue.path.join('.') || 'body', message: issue.message }],
  );
}
