/** Pupload: start a flow run, PUT one file per upload edge, follow the run. There is no key and no call to complete. */
import type { OutgoingFile, Provider, ProviderLimits, Verification } from '#ports/provider.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { Asset, Link } from '#shared/asset.ts';
import type { DestinationOf } from '#shared/destination.ts';
import type { Failure } from '#shared/failure.ts';
import { judgeS3 } from '../judge.ts';
import { safeWords } from '../server-words.ts';
import { edgeOf, uploadEdges } from './edges.ts';
import { checkFlow, mayBeFilledBefore } from './flow-check.ts';
import { createFlowSources, type FlowSources } from './flow-source.ts';
import { followRun, inspectRun } from './following.ts';
import { type PuploadCall, readRun } from './run.ts';
import { startRun } from './starting.ts';

export interface PuploadOptions {
  readonly pollScale: number;
  readonly readFlowFile: (path: string) => Promise<string>;
}

/** Its stores have limits, Pupload itself has none. */
const documentedLimits = { minBytes: 0, maxBytes: null, types: null };

export function createPupload(options: PuploadOptions): Provider<DestinationOf<'pupload'>> {
  const sources = createFlowSources(options.readFlowFile);
  const { pollScale } = options;
  return {
    kind: 'pupload',
    linkKind: 'run',
    isTargetReusable: true,
    // The controller says that it saw an object, never how large it is.
    confirmsLastingAsset: false,
    allowsPlainHttp: true,
    documentedLimits,
    limits: (call) => limitsOf(call, sources),
    check: checkFile,
    reserve: (files, _reserveKey, call) => startRun(files, call, sources),
    // Neither a URL nor a run can be renewed: a new run gets all files.
    renew: (_reservations, files, _reserveKey, call) => startRun(files, call, sources),
    inspect: (reservation, _file, call) => inspectRun(reservation, call, pollScale),
    complete: (reservation, _file, _isRepeat, call) => followRun(reservation, 0, call, pollScale),
    poll: (reservation, _file, pollCount, call) => followRun(reservation, pollCount, call, pollScale),
    judge: judgeS3,
    link,
    verify: (call) => verify(call, sources),
  };
}

async function limitsOf(call: PuploadCall, sources: FlowSources): Promise<ProviderLimits> {
  const { flow } = await sources.load(call);
  return { ...documentedLimits, edges: uploadEdges(flow) };
}

function checkFile(
  file: OutgoingFile,
  destination: DestinationOf<'pupload'>,
  limits: ProviderLimits,
): Failure | null {
  if (limits.edges === null) return null;
  const edge = edgeOf(file, destination.edge, limits.edges);
  return typeof edge === 'string' ? null : edge;
}

async function link(asset: Asset, call: PuploadCall): Promise<Link> {
  if (asset.linkExpiresAt !== null && asset.linkExpiresAt <= call.now())
    throw new UploadError(
      'not-found',
      'Pupload forgets a flow run ten minutes after its end; its objects stay.',
    );
  return { text: asset.link, kind: asset.linkKind, expiresAt: asset.linkExpiresAt };
}

/** No controller has a run of this name: its well-known refusal proves that a controller is there. */
const noRunId = '00000000-0000-0000-0000-000000000000';

async function verify(call: PuploadCall, sources: FlowSources): Promise<Verification> {
  sources.forget(call);
  const source = await sources.load(call);
  if (source.kind === 'file') await readRun(noRunId, call);
  const edges = uploadEdges(source.flow);
  const wanted = edges.length === 0 ? 'no upload' : edges.join(', ');
  const risky = source.flow.wells.filter((well) => well.source === 'upload' && mayBeFilledBefore(well));
  return {
    proof: safeWords(`reachable, flow ${source.flow.name} wants ${wanted}`),
    details: [
      ...checkFlow(source.flow),
      ...risky.map(({ edge }) => `Edge "${edge}" may take an old file: its key has neither RUN_ID nor UUID.`),
    ].map(safeWords),
  };
}
