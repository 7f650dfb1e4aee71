/** Proves a FLORA destination: the key, the workspace it sees, and the project where one is set. */
import { z } from 'zod';
import type { Verification } from '#ports/provider.ts';
import { UploadError } from '#ports/upload-error.ts';
import { factsOf, isSuccess, parseAnswer } from '../answers.ts';
import { firstText } from '../read-json.ts';
import { safeWords } from '../server-words.ts';
import { floraDialect } from './dialect.ts';
import type { FloraCall } from './requests.ts';

const workspacesSchema = z.looseObject({
  workspaces: z.array(
    z.looseObject({ workspace_id: z.string(), name: z.string().nullish(), role: z.string().nullish() }),
  ),
});

export async function verifyWorkspace(call: FloraCall): Promise<Verification> {
  const { workspaceId, folder } = call.destination;
  const response = await call.api.request({ method: 'GET', path: '/workspaces', signal: call.signal });
  const { workspaces } = parseAnswer(response, workspacesSchema, floraDialect);
  const own = workspaces.find((workspace) => workspace.workspace_id === workspaceId);
  if (own === undefined) {
    const seen = workspaces.map(({ workspace_id, name }) => `${name ?? ''} ${workspace_id}`.trim());
    throw new UploadError(
      'forbidden',
      safeWords(
        `The key does not see ${workspaceId}. It sees: ${seen.length === 0 ? 'none' : seen.join(', ')}.`,
      ),
      { facts: factsOf(response) },
    );
  }
  const proof = [own.name ?? workspaceId, own.role ?? null].filter((part) => part !== null).join(', ');
  const details = [
    ...(folder === undefined
      ? []
      : [`Files go to the folder ${safeWords(folder)}; FLORA shows it with the first upload.`]),
    ...(await describeProject(call)),
  ];
  return { proof: safeWords(proof), details };
}

const projectsSchema = z.looseObject({
  projects: z.array(z.unknown()),
  meta: z.looseObject({ next_cursor: z.string().nullish() }).nullish(),
});

/** Nothing is said where the list cannot be had: the project is an extra. */
async function describeProject(call: FloraCall): Promise<readonly string[]> {
  const { projectId, workspaceId } = call.destination;
  if (projectId === undefined) return [];
  const response = await call.api.request({
    method: 'GET',
    path: '/projects',
    query: { workspace_id: workspaceId, limit: '100' },
    signal: call.signal,
  });
  const parsed = projectsSchema.safeParse(response.body);
  if (!isSuccess(response) || !parsed.success) return [];
  const own = parsed.data.projects.find((project) => firstText(project, 'project_id', 'id') === projectId);
  if (own !== undefined)
    return [`Ready files are attached to ${safeWords(firstText(own, 'name') ?? projectId)}.`];
  return parsed.data.meta?.next_cursor == null
    ? [`The key sees no project ${projectId}: files will not be attached.`]
    : [];
}
