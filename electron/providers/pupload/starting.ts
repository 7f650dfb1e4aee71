/** Starts a flow run for a set of files, one per open edge, and makes their reservations. */
import type { ApiRequest, ApiResponse } from '#ports/api-client.ts';
import type { OutgoingFile } from '#ports/provider.ts';
import type { Reservation, UploadTarget } from '#ports/reservation.ts';
import { UploadError } from '#ports/upload-error.ts';
import { refusalOf } from '../answers.ts';
import { expiryOf } from '../expiry.ts';
import { declaredType } from '../file-facts.ts';
import { startDialect } from './dialect.ts';
import { type Assignment, assignEdges, inputEdges } from './edges.ts';
import { checkFlow } from './flow-check.ts';
import { type FlowSource, type FlowSources, invalidFlow } from './flow-source.ts';
import { writeMemo } from './memo.ts';
import { type FlowRun, failedRun, type PuploadCall, parseRun, type WaitingUpload } from './run.ts';

/** In the order of `files`. Nothing is started that the files at hand cannot fill. */
export async function startRun(
  files: readonly OutgoingFile[],
  call: PuploadCall,
  sources: FlowSources,
): Promise<readonly Reservation[]> {
  const { source, assignment } = await assign(files, call, sources);
  const response = await call.api.request(startRequest(source, call.signal));
  if (response.status !== 200) throw refusedStart(response, source, call, sources);
  const run = parseRun(response, startDialect);
  // A start can succeed and say ERROR: a step that needed no upload could not be queued.
  if (run.status === 'ERROR') throw failedRun(run);
  try {
    checkOpenEdges(run, assignment, source);
  } catch (error) {
    sources.forget(call);
    call.note(`The flow run ${run.id} was started and stays unused.`);
    throw error;
  }
  if (run.dialect === 'A' && files.length > 1)
    call.note('This controller is v0.0.1: it can fail when two files of a run arrive at the same moment.');
  return files.map((file) => reservationFor(file, run, assignment, source, response));
}

/** A project that was saved anew in the meantime may know the edge that the remembered one does not. */
async function assign(
  files: readonly OutgoingFile[],
  call: PuploadCall,
  sources: FlowSources,
): Promise<{ source: FlowSource; assignment: Assignment }> {
  const source = await sources.load(call);
  const first = assignEdges(files, call.destination.edge, source.flow);
  if (!('code' in first)) return { source, assignment: first };
  sources.forget(call);
  const fresh = await sources.load(call);
  const second = assignEdges(files, call.destination.edge, fresh.flow);
  if ('code' in second) throw new UploadError(second.code, second.message, { facts: second.facts });
  return { source: fresh, assignment: second };
}

function startRequest(source: FlowSource, signal: AbortSignal): ApiRequest {
  if (source.kind === 'saved') {
    const { projectId, flowName } = source;
    return {
      method: 'POST',
      path: `/project/${encodeURIComponent(projectId)}/flows/${encodeURIComponent(flowName)}`,
      signal,
    };
  }
  return { method: 'POST', path: '/flow/test', json: inBothSpellings(source.document), signal };
}

/** April 2026 renamed Nodes to Steps and NodeDefs to Tasks; a controller ignores the keys that it does not know. */
export function inBothSpellings(document: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { flow, rest: outer } = take(document, 'flow');
  const { tasks, nodedefs, rest } = take(outer, 'tasks', 'nodedefs');
  const inner = typeof flow === 'object' && flow !== null ? (flow as Readonly<Record<string, unknown>>) : {};
  const { steps, nodes, rest: others } = take(inner, 'steps', 'nodes');
  const allSteps = steps ?? nodes ?? [];
  const allTasks = tasks ?? nodedefs ?? [];
  return {
    ...rest,
    Flow: { ...others, Steps: allSteps, Nodes: allSteps },
    Tasks: allTasks,
    NodeDefs: allTasks,
  };
}

/** The values under these names in any case, and what is left without them: twice the same key would be a lottery. */
function take<N extends string>(
  document: Readonly<Record<string, unknown>>,
  ...names: readonly N[]
): { readonly [K in N]?: unknown } & { readonly rest: Readonly<Record<string, unknown>> } {
  const entries = Object.entries(document);
  const isTaken = (key: string) => (names as readonly string[]).includes(key.toLowerCase());
  const taken = entries.filter(([key]) => isTaken(key)).map(([key, value]) => [key.toLowerCase(), value]);
  return { ...Object.fromEntries(taken), rest: Object.fromEntries(entries.filter(([key]) => !isTaken(key))) };
}

function refusedStart(
  response: ApiResponse,
  source: FlowSource,
  call: PuploadCall,
  sources: FlowSources,
): UploadError {
  const refusal = refusalOf(response, startDialect);
  if (refusal.code !== 'flow-invalid') return refusal;
  sources.forget(call);
  // The controller keeps its reasons in its log; what can be seen from here is said instead.
  const reasons = checkFlow(source.flow);
  return reasons.length === 0 ? refusal : invalidFlow([refusal.failure.message, ...reasons]);
}

function checkOpenEdges(run: FlowRun, assignment: Assignment, source: FlowSource): void {
  for (const edge of assignment.keys()) {
    if (waitingFor(run, edge) !== undefined) continue;
    if (run.artifacts.has(edge))
      throw new UploadError(
        'flow-invalid',
        `Edge "${edge}" was filled at once by an object of an earlier run: its key has neither RUN_ID nor UUID.`,
        { facts: { edge } },
      );
    throw new UploadError('edge-unknown', 'The run waits for no upload there.', { facts: { edge } });
  }
  const unfilled = source.flow.wells.find(
    (well) =>
      well.source === 'upload' && !assignment.has(well.edge) && waitingFor(run, well.edge) !== undefined,
  );
  if (unfilled !== undefined) throw new UploadError('edge-unfilled', '', { facts: { edge: unfilled.edge } });
}

function waitingFor(run: FlowRun, edge: string): WaitingUpload | undefined {
  return run.waiting.find(({ artifact }) => artifact.edge === edge);
}

function reservationFor(
  file: OutgoingFile,
  run: FlowRun,
  assignment: Assignment,
  source: FlowSource,
  response: ApiResponse,
): Reservation {
  const edge = [...assignment].find(([, assigned]) => assigned === file)?.[0];
  const waiting = edge === undefined ? undefined : waitingFor(run, edge);
  if (edge === undefined || waiting === undefined) throw new Error('A file without its edge.');
  const target: UploadTarget = {
    method: 'PUT',
    url: waiting.putUrl,
    // Not signed, but a worker believes it: a wrong type fails the step later; the neutral one makes it look itself.
    headers: { 'Content-Type': declaredType(file) },
  };
  const expiresAt = expiryOf({ stated: waiting.ttl, target, skewMs: response.skewMs });
  return {
    remoteId: run.id,
    target,
    issuedAt: response.receivedAt,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    memo: writeMemo({
      edge,
      store: waiting.artifact.store,
      object: waiting.artifact.object,
      dialect: run.dialect,
      inputs: inputEdges(source.flow),
      hasArrived: false,
      outputs: [],
    }),
  };
}
