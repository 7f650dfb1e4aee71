/** Everything that happens to a FLORA asset after its reservation. */
import { buckets } from '../address.ts';
import { type Answer, json } from '../http/answer.ts';
import type { Call } from '../http/surface.ts';
import { prefixedId } from '../ids.ts';
import { type FloraAsset, isTargetUsable, mayRetry } from './asset.ts';
import { refuse, refuseFields } from './envelope.ts';
import type { Flora } from './state.ts';
import { makeTarget } from './targets.ts';

/** Tells that the bytes are in. Where they are not, the answer says so with a target that can be used. */
export async function complete(flora: Flora, call: Call): Promise<Answer | null> {
  if (!(await call.body.drain())) return null;
  const { context } = flora;
  context.counters.dialects.flora.completes += 1;
  const asset = flora.find(call.params.id ?? '');
  if (asset === null) return refuseMissing(call);
  if (asset.completedAt !== null) {
    if (context.settings.flora.repeatedComplete === 'again') return json(200, flora.present(asset, false));
    return refuse(409, 'conflict', 'The asset is complete already.');
  }
  if (!flora.hasBytes(asset)) {
    const offered = isTargetUsable(asset.target, context.now()) ? asset : renew(flora, asset);
    return json(200, flora.present(offered, true));
  }
  const willFailWith = context.faults.take('assetFails', call);
  flora.keep({ ...asset, completedAt: context.now(), willFailWith });
  return json(200, flora.present(flora.find(asset.id) ?? asset, false));
}

/** A fresh target for the same asset, only where the old one is of no use. */
export async function retry(flora: Flora, call: Call): Promise<Answer | null> {
  if (!(await call.body.drain())) return null;
  const asset = flora.find(call.params.id ?? '');
  if (asset === null) return refuseMissing(call);
  if (!mayRetry(asset, flora.hasBytes(asset), flora.context.now())) {
    return refuse(409, 'conflict', 'Only a failed or expired upload can be retried.');
  }
  flora.context.objects.remove(buckets.flora, asset.key);
  return json(200, flora.present(renew(flora, asset), true));
}

function renew(flora: Flora, asset: FloraAsset): FloraAsset {
  const renewed: FloraAsset = {
    ...asset,
    status: 'pending_upload',
    failureMessage: null,
    target: makeTarget(flora.context, asset),
    completedAt: null,
    willFailWith: null,
    polls: 0,
  };
  flora.keep(renewed);
  flora.context.counters.dialects.flora.renewals += 1;
  return renewed;
}

export async function retrieve(flora: Flora, call: Call): Promise<Answer | null> {
  if (!(await call.body.drain())) return null;
  const before = flora.find(call.params.id ?? '');
  if (before === null) return refuseMissing(call);
  const isWorking = before.status === 'pending_upload' && before.completedAt !== null;
  if (isWorking) flora.keep({ ...before, polls: before.polls + 1 });
  const asset = flora.find(before.id) ?? before;
  return json(200, {
    ...describe(flora, asset),
    failure_message: asset.failureMessage,
    created_at: new Date(asset.createdAt).toISOString(),
  });
}

/** `created_at` is an ISO string in one asset and an integer in a list: that is how the API is described. */
export function listAssets(flora: Flora, call: Call): Answer {
  const { query } = call;
  const workspaceId = query.get('workspace_id');
  if (workspaceId !== null && workspaceId !== flora.context.address.flora.workspaceId) return refuse(403);
  const limit = Number(query.get('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    return refuseFields([{ field: 'limit', message: 'Must be 1 to 100' }]);
  }
  const search = (query.get('query') ?? '').toLowerCase();
  const projectId = query.get('project_id');
  const cursor = Number(query.get('cursor') ?? Number.NaN);
  const assets: object[] = [];
  let last = 0;
  for (const { seq, value: asset } of flora.newest(Number.isSafeInteger(cursor) ? cursor : undefined)) {
    if (!asset.fileName.toLowerCase().includes(search)) continue;
    if (projectId !== null && asset.nodes[projectId] === undefined) continue;
    if (assets.length === limit) return json(200, { assets, meta: { next_cursor: String(last) } });
    const node = projectId === null ? null : (asset.nodes[projectId] ?? null);
    assets.push({
      ...describe(flora, asset),
      created_at: asset.createdAt,
      node_id: node,
      project_id: projectId,
    });
    last = seq;
  }
  return json(200, { assets, meta: { next_cursor: null } });
}

/** Puts a ready asset on a project's canvas. Doing it again gives the same node. */
export async function attach(flora: Flora, call: Call): Promise<Answer | null> {
  if (!(await call.body.drain())) return null;
  const { project = '', id = '' } = call.params;
  if (!project.startsWith('prj_'))
    return refuseFields([{ field: 'projectId', message: 'Must start with prj_' }]);
  const asset = flora.find(id);
  if (asset === null) return refuseMissing(call);
  if (project !== flora.context.address.flora.projectId)
    return refuse(404, 'not_found', 'Project not found.');
  if (asset.status !== 'ready') return refuse(409, 'conflict', 'The asset is not ready.');
  const node = asset.nodes[project] ?? prefixedId('node');
  flora.keep({ ...asset, nodes: { ...asset.nodes, [project]: node } });
  const canvas = `${flora.context.address.origin}/flora/projects/${project}`;
  return json(201, { project_id: project, asset_id: id, node_id: node, canvas_url: canvas });
}

export function listWorkspaces(flora: Flora): Answer {
  const workspace = {
    workspace_id: flora.context.address.flora.workspaceId,
    name: 'Demo workspace',
    role: 'owner',
    created_at: 1_767_225_600_000,
  };
  return json(200, { workspaces: [workspace] });
}

export function listProjects(flora: Flora, call: Call): Answer {
  const { workspaceId, projectId } = flora.context.address.flora;
  if (call.query.get('workspace_id') !== workspaceId) return refuse(403);
  const project = { project_id: projectId, name: 'Demo project', workspace_id: workspaceId };
  return json(200, { projects: [project], meta: { next_cursor: null } });
}

function describe(flora: Flora, asset: FloraAsset): object {
  const object = flora.context.objects.find(buckets.flora, asset.key);
  return {
    asset_id: asset.id,
    name: asset.fileName,
    description: null,
    workspace_id: asset.workspaceId,
    url: flora.urlOf(asset),
    content_type: asset.contentType ?? object?.contentType ?? null,
    upload_content_type: object?.contentType ?? null,
    uploaded_via: 'signed_url',
    status: asset.status,
    width: null,
    height: null,
    size_bytes: object?.sizeBytes ?? null,
  };
}

/** Missing and inaccessible look the same; a wrong prefix is a validation error. */
function refuseMissing(call: Call): Answer {
  if ((call.params.id ?? '').startsWith('asset_')) return refuse(404, 'not_found', 'Asset not found.');
  return refuseFields([{ field: 'assetId', message: 'Must start with asset_' }]);
}
