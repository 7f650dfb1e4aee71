/** Where a destination's flow comes from: a file on this machine, or a project saved at the controller. */

import { z } from 'zod';
import { UploadError } from '#ports/upload-error.ts';
import { type AnswerCache, createAnswerCache } from '../answer-cache.ts';
import { factsOf, isSuccess, parseAnswer, refusalOf } from '../answers.ts';
import { safeWords } from '../server-words.ts';
import { puploadDialect } from './dialect.ts';
import { type Flow, FlowProblem, readFlowDocument, readProject } from './flow.ts';
import { checkFlow, isStubName } from './flow-check.ts';
import type { PuploadCall } from './run.ts';

export type FlowSource =
  /** `document` is what the file holds, to be sent as it is. */
  | { readonly kind: 'file'; readonly flow: Flow; readonly document: Readonly<Record<string, unknown>> }
  | { readonly kind: 'saved'; readonly flow: Flow; readonly projectId: string; readonly flowName: string };

export interface FlowSources {
  load(call: PuploadCall): Promise<FlowSource>;
  /** The project may have been saved anew. */
  forget(call: PuploadCall): void;
}

/** Short: projects are edited while people try them, and a burst of files is what this saves requests for. */
const projectAgeMs = 60_000;

/** Throws `flow-invalid` with the reasons where the flow cannot be run. */
export function createFlowSources(readFlowFile: (path: string) => Promise<string>): FlowSources {
  const projects: AnswerCache<readonly Flow[]> = createAnswerCache(projectAgeMs);
  return {
    async load(call) {
      const { flowFile, projectId, flowName } = call.destination;
      if (flowFile !== undefined) return loadFile(flowFile, readFlowFile);
      if (projectId === undefined || flowName === undefined)
        throw new UploadError('flow-invalid', 'The destination names no flow.');
      const flows = await projects.get(keyOf(call), {
        now: call.now(),
        signal: call.signal,
        ask: () => askProject(projectId, call),
      });
      return pickSaved(flows, projectId, flowName);
    },
    forget: (call) => projects.forget(keyOf(call)),
  };
}

function keyOf({ destination }: PuploadCall): string {
  return [destination.id, destination.baseUrl, destination.projectId ?? ''].join(' ');
}

async function loadFile(path: string, readFlowFile: (path: string) => Promise<string>): Promise<FlowSource> {
  const document = await readDocument(path, readFlowFile);
  const flow = readOr(() => readFlowDocument(document), path);
  const reasons = checkFlow(flow);
  if (reasons.length > 0) throw invalidFlow(reasons, path);
  return { kind: 'file', flow, document };
}

async function readDocument(
  path: string,
  readFlowFile: (path: string) => Promise<string>,
): Promise<Readonly<Record<string, unknown>>> {
  let content: string;
  try {
    content = await readFlowFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UploadError('flow-invalid', `The flow file cannot be read (${code}).`, {
      facts: { path },
      cause: error,
    });
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(content.replace(/^\uFEFF/, '')));
  } catch (error) {
    // What the parser says would quote the file, and the file holds the credentials of the store.
    throw new UploadError('flow-invalid', 'The flow file is no JSON object.', {
      facts: { path },
      cause: error,
    });
  }
}

async function askProject(projectId: string, call: PuploadCall): Promise<readonly Flow[]> {
  const response = await call.api.request({
    method: 'GET',
    path: `/project/${encodeURIComponent(projectId)}`,
    signal: call.signal,
  });
  // A project that is not there is answered with 404 and no text; 404 with the router's text is another thing.
  if (response.status === 404 && response.text.trim() !== '') {
    const refusal = refusalOf(response, puploadDialect);
    throw new UploadError(
      'bad-answer',
      safeWords(
        `Saved projects are not known there: a wrong base URL, or v0.0.1. ${refusal.failure.message}`,
      ),
      { facts: refusal.failure.facts },
    );
  }
  if (response.status === 400 || response.status === 404) {
    throw new UploadError(
      'flow-invalid',
      safeWords(
        `The controller has no project ${projectId}. ${refusalOf(response, puploadDialect).failure.message}`,
      ),
      { facts: factsOf(response) },
    );
  }
  if (!isSuccess(response)) throw refusalOf(response, puploadDialect);
  return readOr(() => readProject(parseAnswer(response, z.looseObject({}), puploadDialect)), null);
}

function pickSaved(flows: readonly Flow[], projectId: string, flowName: string): FlowSource {
  const flow = flows.find(({ name }) => name === flowName);
  if (flow === undefined) {
    const names = flows.map(({ name }) => name).join(', ');
    throw new UploadError(
      'flow-invalid',
      safeWords(`The project has no flow "${flowName}". It has: ${names === '' ? 'none' : names}.`),
    );
  }
  if (isStubName(flowName))
    throw new UploadError(
      'flow-invalid',
      `The controller cannot start a saved flow of the name "${flowName}".`,
    );
  return { kind: 'saved', flow, projectId, flowName };
}

export function invalidFlow(reasons: readonly string[], path: string | null = null): UploadError {
  return new UploadError(
    'flow-invalid',
    safeWords(reasons.join(' ')),
    path === null ? {} : { facts: { path } },
  );
}

function readOr<T>(read: () => T, path: string | null): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof FlowProblem) throw invalidFlow([error.message], path);
    throw error;
  }
}
