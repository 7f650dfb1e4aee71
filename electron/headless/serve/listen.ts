import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const loopback = '127.0.0.1';
/** Taken, or closed to this user or reserved by the system (Windows). */
const takenCodes = ['EADDRINUSE', 'EACCES'];

/** Listens on the first port of the list that is free, else on any; answers which. Loopback only. */
export async function listenLocally(server: Server, ports: readonly number[]): Promise<number> {
  for (const port of ports) if (await tryPort(server, port)) return portOf(server);
  await tryPort(server, 0);
  return portOf(server);
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

function tryPort(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off('listening', onListening);
      if (port !== 0 && takenCodes.includes(error.code ?? '')) resolve(false);
      else reject(error);
    };
    const onListening = () => {
      server.off('error', onError);
      resolve(true);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen({ port, host: loopback, exclusive: true });
  });
}
