/** Bounds each phase of getting a connection: lookup, connect, TLS handshake. */
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Clock } from '#ports/clock.ts';
import type { NetworkFailure } from './network-failure.ts';

/** Phases that Node goes through before it hands out the socket of a proxy's tunnel. */
const tunnelPhases = 3;

/** Returns its undo. */
export function watchConnect(
  request: ClientRequest,
  options: { readonly mayTunnel: boolean; readonly phaseMs: number; readonly clock: Clock },
  onTimeout: (failure: NetworkFailure) => void,
): () => void {
  const { phaseMs, clock } = options;
  let isOver = false;
  let undoTimer: () => void = () => undefined;
  const arm = (phase: string, limitMs = phaseMs) => {
    undoTimer();
    if (isOver) return;
    undoTimer = clock.setTimer(limitMs, () => onTimeout({ code: 'timeout', detail: phase }));
  };
  const finish = () => {
    isOver = true;
    undoTimer();
  };
  const onSocket = (socket: Socket) => {
    if (!socket.connecting) return finish();
    arm('lookup');
    socket.once('lookup', () => arm('connect'));
    if (!(socket instanceof TLSSocket)) return void socket.once('connect', finish);
    socket.once('connect', () => arm('secure connect'));
    socket.once('secureConnect', finish);
  };
  arm('connect', options.mayTunnel ? phaseMs * tunnelPhases : phaseMs);
  if (request.socket === null) request.once('socket', onSocket);
  else onSocket(request.socket);
  return finish;
}
