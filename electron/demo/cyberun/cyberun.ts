/** Cyberun: presign, then PUT with exactly the signed headers. There is no confirmation; the file key is the result. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { buckets } from '../address.ts';
import { type DemoContext, type Dialect, describeUpload, targetTtl } from '../context.ts';
import { type Answer, json } from '../http/answer.ts';
import { readJson } from '../http/body.ts';
import type { Call, Surface } from '../http/surface.ts';
import { openRecords, type Records } from '../records.ts';

const inputSchema = z.object({ key: z.string(), fileName: z.string() });
type Input = z.infer<typeof inputSchema>;

const presignBody = z.object({
  file_name: z.string().min(1),
  file_size: z.number().int().nonnegative(),
  content_type: z.string().min(1),
});

/** Inputs are deleted one day after the upload. */
export const inputLifetimeMs = 24 * 3_600_000;

const defaultTtlMs = 15 * 60_000;

export function cyberun(context: DemoContext): Dialect {
  const inputs = openRecords(context.database, 'cyberun-input', inputSchema);
  const surface: Surface = {
    prefix: '/cyberun/api/v1',
    dialectOf: () => 'cyberun',
    guard: (call) => guard(context, call),
    refuse,
    routes: [
      {
        method: 'POST',
        pattern: '/r/files/presign',
        stage: 'reserve',
        handle: (call) => presign(context, inputs, call),
      },
      {
        method: 'GET',
        pattern: '/r/workflows',
        stage: 'other',
        handle: () => json(200, { workflow_list: workflows }),
      },
      {
        method: 'GET',
        pattern: '/r/workflows/:id',
        stage: 'other',
        handle: ({ params }) => {
          const workflow = workflows.find(({ id }) => id === params.id);
          return workflow === undefined ? refuse(404) : json(200, workflow);
        },
      },
    ],
  };
  return {
    surface,
    *uploads() {
      for (const { value: input } of inputs.newest()) {
        const object = { bucket: buckets.cyberun, key: input.key };
        const stored = context.objects.find(object.bucket, object.key);
        const isDead = stored !== null && context.now() >= stored.storedAt + inputLifetimeMs;
        const state = stored === null ? 'reserved' : isDead ? 'deleted' : 'stored';
        yield describeUpload(context, {
          dialect: 'cyberun',
          id: input.key,
          fileName: input.fileName,
          state,
          object,
        });
      }
    },
  };
}

/** `sk-` and `dk-` carry their team; a user's JWT must name it; an agent's `ak-` is never for uploads. */
function guard(context: DemoContext, call: Call): Answer | null {
  const { key, deviceKey, userToken, teamId } = context.address.cyberun;
  const credential = /^Bearer (.+)$/.exec(call.request.headers.authorization ?? '')?.[1];
  if (credential === undefined) return refuse(401);
  if (credential.startsWith('ak-')) return refuse(403, 'agent credentials cannot access this endpoint');
  if (credential === key || credential === deviceKey) return null;
  if (credential !== userToken) return refuse(401);
  const team = call.request.headers['x-team-id'];
  if (team === undefined) return refuse(400, 'X-Team-ID header is required');
  return team === teamId ? null : refuse(403, 'not a member of this team');
}

async function presign(context: DemoContext, inputs: Records<Input>, call: Call): Promise<Answer | null> {
  const body = await readJson(call.body);
  if (body.kind === 'broken') return null;
  const parsed = presignBody.safeParse(body.kind === 'value' ? body.value : null);
  if (!parsed.success)
    return refuse(400, `invalid request body: ${parsed.error.issues[0]?.path.join('.') || 'body'}`);
  const { file_name, file_size, content_type } = parsed.data;
  const { maxBytes, oversizeStatus, uploadHeaders } = context.settings.cyberun;
  if (file_size > maxBytes) return refuse(oversizeStatus, `file size exceeds the limit of ${maxBytes} bytes`);

  // The key says team, request and type; clients treat it as one opaque word.
  const type = Buffer.from(content_type).toString('base64url');
  const lastSegment = /^\.{1,2}$/.test(file_name) ? '_' : file_name.replace(/[/\\]/g, '_');
  const key = `inputs/${context.address.cyberun.teamId}/${randomUUID()}/${type}/${lastSegment}`;
  const headers = { 'Content-Length': String(file_size), 'If-None-Match': '*' };
  const signed = uploadHeaders ? { 'content-length': String(file_size), 'if-none-match': '*' } : {};
  const ttlMs = targetTtl(context, 'cyberun', defaultTtlMs);
  const target = context.targets.put('cyberun', { bucket: buckets.cyberun, key }, signed, ttlMs);
  inputs.put(key, { key, fileName: file_name });
  context.counters.dialects.cyberun.reservations += 1;
  return json(200, { file_key: key, upload_url: target.url, upload_headers: uploadHeaders ? headers : {} });
}

const words: Readonly<Record<number, string>> = {
  400: 'bad request',
  401: 'invalid or expired credential',
  402: 'payment required',
  403: 'forbidden',
  404: 'resource not found',
  409: 'conflict',
  422: 'unprocessable',
  429: 'too many requests',
};

/** The only error body that Cyberun is seen to send. */
function refuse(status: number, message?: string): Answer {
  return json(status, { error_message: message ?? words[status] ?? 'internal server error' });
}

const image = { key: 'input_image', type: 'file', label: 'Image', required: true, accept: ['image/*'] };
const workflows = [
  { id: '0198c0de-0000-7000-8000-000000000001', slug: 'upscale', name: 'Upscale', parameters: [image] },
  { id: '0198c0de-0000-7000-8000-000000000002', slug: 'cut-out', name: 'Cut out', parameters: [image] },
  { id: '0198c0de-0000-7000-8000-000000000003', slug: 'describe', name: 'Describe', parameters: [image] },
  {
    id: '0198c0de-0000-7000-8000-000000000004',
    slug: 'restyle',
    name: 'Restyle',
    parameters: [image, { key: 'prompt', type: 'string', label: 'Prompt', required: true }],
  },
];
