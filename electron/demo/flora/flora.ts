/**
 * FLORA: reserve, POST a form (ImageKit) or PUT, complete, poll until ready. The same asset id survives a retry; the
 * upload form does not survive a try.
 */
import { buckets } from '../address.ts';
import { type DemoContext, type Dialect, describeUpload } from '../context.ts';
import type { Answer } from '../http/answer.ts';
import type { Call, Surface } from '../http/surface.ts';
import { prefixedId } from '../ids.ts';
import { refuse } from './envelope.ts';
import { imagekit } from './imagekit.ts';
import { attach, complete, listAssets, listProjects, listWorkspaces, retrieve, retry } from './lifecycle.ts';
import { reserve } from './reserve.ts';
import { openFlora } from './state.ts';

export function flora(context: DemoContext): Dialect & { readonly files: Surface } {
  const shared = openFlora(context);
  const surface: Surface = {
    prefix: '/flora/api/v1',
    dialectOf: () => 'flora',
    guard: (call) => guard(context, call),
    refuse: (status) => refuse(status),
    headers: () => ({ 'request-id': prefixedId('req') }),
    routes: [
      { method: 'GET', pattern: '/workspaces', stage: 'other', handle: () => listWorkspaces(shared) },
      { method: 'GET', pattern: '/projects', stage: 'other', handle: (call) => listProjects(shared, call) },
      { method: 'POST', pattern: '/assets', stage: 'reserve', handle: (call) => reserve(shared, call) },
      { method: 'GET', pattern: '/assets', stage: 'other', handle: (call) => listAssets(shared, call) },
      { method: 'GET', pattern: '/assets/:id', stage: 'poll', handle: (call) => retrieve(shared, call) },
      {
        method: 'POST',
        pattern: '/assets/:id/complete',
        stage: 'complete',
        handle: (call) => complete(shared, call),
      },
      {
        method: 'POST',
        pattern: '/assets/:id/retry',
        stage: 'reserve',
        handle: (call) => retry(shared, call),
      },
      {
        method: 'POST',
        pattern: '/projects/:project/assets/:id/attach',
        stage: 'other',
        handle: (call) => attach(shared, call),
      },
    ],
  };
  return {
    surface,
    files: imagekit(shared),
    *uploads() {
      for (const { value: asset } of shared.newest()) {
        const object = { bucket: buckets.flora, key: asset.key };
        const { id, fileName, status: state } = asset;
        yield describeUpload(context, { dialect: 'flora', id, fileName, state, object });
      }
    },
  };
}

function guard(context: DemoContext, call: Call): Answer | null {
  const { authorization } = call.request.headers;
  if (authorization === undefined) return refuse(401, 'unauthorized', 'Missing Authorization header.');
  return authorization === `Bearer ${context.address.flora.key}` ? null : refuse(401);
}
