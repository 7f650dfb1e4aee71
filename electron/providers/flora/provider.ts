/** FLORA: reserve an asset, POST a form to its upload host, complete, poll until it is ready. */
import type { OutgoingFile, Provider, ProviderLimits } from '#ports/provider.ts';
import type { Reservation } from '#ports/reservation.ts';
import type { DestinationOf } from '#shared/destination.ts';
import { type Failure, failure } from '#shared/failure.ts';
import { deriveKey } from '../derived-key.ts';
import { sentName } from '../file-facts.ts';
import { completeAsset, pollAsset } from './finishing.ts';
import { inspectAsset } from './inspecting.ts';
import { judgeForm } from './judging.ts';
import type { FloraCall } from './requests.ts';
import { createMemory, createReservation, type FloraMemory, renewReservation } from './reserving.ts';
import { verifyWorkspace } from './workspaces.ts';

/** Neither the largest size of a signed upload nor a binding list of types is documented. */
const documentedLimits = { minBytes: 0, maxBytes: null, types: null };

export function createFlora(options: { readonly pollScale: number }): Provider<DestinationOf<'flora'>> {
  const memory = createMemory();
  const { pollScale } = options;
  return {
    kind: 'flora',
    linkKind: 'url',
    isTargetReusable: false,
    confirmsLastingAsset: true,
    allowsPlainHttp: false,
    documentedLimits,
    limits: async () => ({ ...documentedLimits, edges: null }),
    check: checkFile,
    reserve: (files, reserveKey, call) => reserveAll(files, reserveKey, call, memory),
    renew: (reservations, files, reserveKey, call) => renewAll(reservations, files, reserveKey, call, memory),
    inspect: (reservation, file, call) => inspectAsset(reservation, file, call, memory),
    complete: (reservation, file, isRepeat, call) =>
      completeAsset(reservation, file, isRepeat, call, pollScale),
    poll: (reservation, file, pollCount, call) => pollAsset(reservation, file, pollCount, call, pollScale),
    judge: judgeForm,
    // Long-lived by its documents: nothing to ask.
    link: async (asset) => ({ text: asset.link, kind: asset.linkKind, expiresAt: asset.linkExpiresAt }),
    verify: verifyWorkspace,
  };
}

function checkFile(
  file: OutgoingFile,
  _destination: DestinationOf<'flora'>,
  limits: ProviderLimits,
): Failure | null {
  if (sentName(file.name).trim() === '') return failure('name-refused');
  if (file.sizeBytes < limits.minBytes) return failure('empty-file', '', { sizeBytes: file.sizeBytes });
  return null;
}

async function reserveAll(
  files: readonly OutgoingFile[],
  reserveKey: string,
  call: FloraCall,
  memory: FloraMemory,
): Promise<readonly Reservation[]> {
  const reservations: Reservation[] = [];
  for (const [index, file] of files.entries())
    reservations.push(await createReservation(file, keyOf(reserveKey, index), call, memory));
  return reservations;
}

async function renewAll(
  old: readonly Reservation[],
  files: readonly OutgoingFile[],
  reserveKey: string,
  call: FloraCall,
  memory: FloraMemory,
): Promise<readonly Reservation[]> {
  const reservations: Reservation[] = [];
  for (const [index, file] of files.entries()) {
    const key = keyOf(reserveKey, index);
    const earlier = old[index];
    reservations.push(
      earlier === undefined
        ? await createReservation(file, key, call, memory)
        : await renewReservation(earlier, file, key, call, memory),
    );
  }
  return reservations;
}

function keyOf(reserveKey: string, index: number): string {
  return index === 0 ? reserveKey : deriveKey(reserveKey, `file ${index}`);
}
