/** Which file goes to which edge of a flow. Pure. */
import type { OutgoingFile } from '#ports/provider.ts';
import { type Failure, failure } from '#shared/failure.ts';
import type { Flow } from './flow.ts';
import { mayBeFilledBefore } from './flow-check.ts';

/** Only these are uploaded to: filling any other would forge a result. */
export function uploadEdges(flow: Flow): readonly string[] {
  return flow.wells.filter(({ source }) => source === 'upload').map(({ edge }) => edge);
}

/** Every edge that is fed from outside: no result of a step. */
export function inputEdges(flow: Flow): readonly string[] {
  return flow.wells.filter(({ source }) => source !== null).map(({ edge }) => edge);
}

/** The edge a file goes to: its own, the destination's, or the only one there is. */
export function edgeOf(
  file: OutgoingFile,
  destinationEdge: string | undefined,
  edges: readonly string[],
): string | Failure {
  const named = file.edge ?? destinationEdge ?? null;
  if (named !== null) {
    if (edges.includes(named)) return named;
    return failure('edge-unknown', wants(edges), { edge: named });
  }
  const [only] = edges;
  return edges.length === 1 && only !== undefined ? only : failure('edge-unknown', wants(edges));
}

export type Assignment = ReadonlyMap<string, OutgoingFile>;

/**
 * One file per edge, and a file for every edge that must get one. An edge whose object may exist before the run (its
 * key is not new in every run) is only known to be open once the run has started.
 */
export function assignEdges(
  files: readonly OutgoingFile[],
  destinationEdge: string | undefined,
  flow: Flow,
): Assignment | Failure {
  const edges = uploadEdges(flow);
  const assigned = new Map<string, OutgoingFile>();
  for (const file of files) {
    const edge = edgeOf(file, destinationEdge, edges);
    if (typeof edge !== 'string') return edge;
    if (assigned.has(edge)) return failure('edge-unknown', 'Two files for the same edge.', { edge });
    assigned.set(edge, file);
  }
  const unfilled = flow.wells.find(
    (well) => well.source === 'upload' && !assigned.has(well.edge) && !mayBeFilledBefore(well),
  );
  return unfilled === undefined ? assigned : failure('edge-unfilled', wants(edges), { edge: unfilled.edge });
}

function wants(edges: readonly string[]): string {
  return edges.length === 0 ? 'The flow wants no upload at all.' : `The flow wants: ${edges.join(', ')}.`;
}
