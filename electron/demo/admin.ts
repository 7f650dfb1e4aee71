/** /demo/…: what is not part of any dialect. Another process reads statistics and sets faults here. */
import { timingSafeEqual } from 'node:crypto';
import { UploadError } from '#ports/upload-error.ts';
import type { DemoContext, Dialect } from './context.ts';
import { parseFaults } from './faults.ts';
import { type Answer, json } from './http/answer.ts';
import { readJson } from './http/body.ts';
import type { Call, Surface } from './http/surface.ts';
import { adminHeader, adminToken, proveIdentity } from './identity.ts';
import type { DemoStats, UploadStat } from './stats.ts';
import { s3Refusal } from './store/s3-errors.ts';
import { serveObject } from './store/serve-object.ts';

export function collectStats(context: DemoContext, dialects: readonly Dialect[]): DemoStats {
  const uploads: UploadStat[] = dialects.flatMap((dialect) => [...dialect.uploads()]);
  const { counters } = context;
  const counts = structuredClone(counters.dialects);
  return {
    dialects: counts,
    leakedCredentials: counters.leakedCredentials,
    uploads,
    recent: counters.recent(),
  };
}

export function adminSurface(context: DemoContext, stats: () => DemoStats): Surface {
  return {
    prefix: '/demo',
    isAdmin: true,
    dialectOf: () => null,
    guard: (call) => {
      const given = Buffer.from(String(call.request.headers[adminHeader] ?? ''));
      const wanted = Buffer.from(adminToken(context.secret));
      return given.length === wanted.length && timingSafeEqual(given, wanted) ? null : refuse(403);
    },
    refuse,
    routes: [
      {
        method: 'GET',
        pattern: '/health',
        stage: 'other',
        isOpen: true,
        handle: (call) => health(context, call),
      },
      { method: 'GET', pattern: '/stats', stage: 'other', handle: () => json(200, stats()) },
      {
        method: 'GET',
        pattern: '/faults',
        stage: 'other',
        handle: () => json(200, context.faults.current()),
      },
      { method: 'POST', pattern: '/faults', stage: 'other', handle: (call) => setFaults(context, call) },
      {
        // Cyberun's keys and Pupload's artifacts have no download of their own; this one lets bytes be compared.
        method: 'GET',
        pattern: '/objects/:bucket/*key',
        stage: 'other',
        handle: ({ params }) => {
          const object = context.objects.find(params.bucket ?? '', params.key ?? '');
          return object === null ? s3Refusal(404) : serveObject(object);
        },
      },
    ],
  };
}

function health(context: DemoContext, call: Call): Answer {
  const challenge = call.query.get('challenge') ?? '';
  return json(200, { service: 'hoist-demo', proof: proveIdentity(context.secret, challenge) });
}

async function setFaults(context: DemoContext, call: Call): Promise<Answer | null> {
  const body = await readJson(call.body);
  if (body.kind === 'broken') return null;
  if (body.kind === 'invalid') return refuse(400);
  try {
    context.faults.set(parseFaults(body.value));
    return json(200, context.faults.current());
  } catch (error) {
    if (error instanceof UploadError) return json(400, { message: error.failure.message });
    throw error;
  }
}

function refuse(status: number): Answer {
  return json(status, { message: `Refused (${status}).` });
}
