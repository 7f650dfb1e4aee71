/** Which of the files that were given goes to which upload edge. */
import { randomUUID } from 'node:crypto';
import { UploadError } from '#ports/upload-error.ts';
import type { Destination } from '#shared/destination.ts';
import { type Failure, failure } from '#shared/failure.ts';

/** The upload edges of a Pupload destination's flow; `unknown` while its controller cannot be asked; null for the others. */
export type KnownEdges = readonly string[] | 'unknown' | null;

export interface Given {
  /** As the person wrote it, or as the walk found it. */
  readonly path: string;
  readonly edge: string | null;
}

export type EdgePlan =
  | { readonly files: readonly Given[]; readonly groupId: string | null }
  | { readonly failure: Failure; readonly paths: readonly string[] };

/**
 * Which file goes to which upload edge. Several edges make one flow run: by `--edge`, or one file per edge in the flow's
 * order. A flow with one edge starts one run per file.
 */
export function planEdges(
  paths: readonly string[],
  given: readonly { readonly edge: string; readonly path: string }[],
  destination: Destination,
  edges: KnownEdges,
): EdgePlan {
  const all = [...paths, ...given.map(({ path }) => path)];
  if (edges === null) {
    if (given.length > 0) {
      const { name, kind } = destination;
      throw new UploadError(
        'invalid',
        `Files for upload edges go to Pupload only, and ${name} is a destination of the kind ${kind}.`,
      );
    }
    return { files: paths.map((path) => ({ path, edge: null })), groupId: null };
  }
  if (edges === 'unknown') return planUnknown(paths, given);
  const own =
    destination.kind === 'pupload' && destination.edge !== undefined ? [{ edge: destination.edge }] : [];
  const unknown = [...given, ...own].find(({ edge }) => !edges.includes(edge));
  if (unknown !== undefined) {
    return {
      failure: failure('edge-unknown', `The flow wants: ${edges.join(', ')}.`, { edge: unknown.edge }),
      paths: all,
    };
  }
  if (edges.length === 1) {
    return {
      files: [...paths, ...given.map(({ path }) => path)].map((path) => ({ path, edge: null })),
      groupId: null,
    };
  }
  const open = edges.filter((edge) => !given.some((pair) => pair.edge === edge));
  const filled =
    paths.length === open.length ? open.map((edge, index) => ({ edge, path: paths[index] ?? '' })) : [];
  const pairs = [...given, ...filled];
  const isWhole =
    pairs.length === edges.length && new Set(pairs.map(({ edge }) => edge)).size === edges.length;
  if (!isWhole || (paths.length > 0 && filled.length === 0)) {
    const wanted = `The flow wants one file for each of: ${edges.join(', ')}.`;
    return {
      failure: failure('edge-unfilled', wanted, open[0] === undefined ? {} : { edge: open[0] }),
      paths: all,
    };
  }
  return { files: pairs, groupId: randomUUID() };
}

/**
 * Taken as it was given: files for several edges make one flow run, any other file has one of its own. What does not fit
 * the flow says so when the controller can be asked again.
 */
function planUnknown(
  paths: readonly string[],
  given: readonly { readonly edge: string; readonly path: string }[],
): EdgePlan {
  const isOneRun = new Set(given.map(({ edge }) => edge)).size > 1;
  return {
    files: [...paths.map((path) => ({ path, edge: null })), ...given],
    groupId: isOneRun ? randomUUID() : null,
  };
}
