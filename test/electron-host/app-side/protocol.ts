/** `protocol`: the app's own schemes, served by its handlers. */
import type { CustomScheme, Protocol } from 'electron';
import type { PlainRequest, PlainResponse } from '../messages.ts';
import { app } from './app.ts';
import { strict } from './strict.ts';

type Handler = Parameters<Protocol['handle']>[1];

const handlers = new Map<string, Handler>();
export const privilegedSchemes: CustomScheme[] = [];
let isRegistered = false;

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes) {
    if (app.isReady()) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    }
    if (isRegistered) throw new Error('protocol.registerSchemesAsPrivileged can only be called once');
    isRegistered = true;
    privilegedSchemes.push(...schemes);
  },
  handle(scheme, handler) {
    if (!app.isReady()) throw new Error('protocol.handle can only be used when app is ready');
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle(scheme) {
    if (!handlers.delete(scheme)) throw new Error(`Failed to unregister protocol: ${scheme}`);
  },
  isProtocolHandled: (scheme) => handlers.has(scheme),
} satisfies Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'>);

/** What the app's handler answers; null where it throws, or nobody handles the scheme. */
export async function answerRequest({ url, method, headers, body }: PlainRequest): Promise<PlainResponse> {
  const scheme = new URL(url).protocol.slice(0, -1);
  const handler = handlers.get(scheme);
  if (handler === undefined) return null;
  try {
    const hasBody = method !== 'GET' && method !== 'HEAD' && body !== null;
    const request = new Request(url, {
      method,
      headers,
      ...(hasBody ? { body: new Uint8Array(body) } : {}),
    });
    const response = await handler(request as Parameters<Handler>[0]);
    if (response.type === 'error') return null;
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(await response.arrayBuffer()),
    };
  } catch (error) {
    // Electron shows it as a failed request; here it is also told.
    process.stderr.write(`The handler of ${scheme} threw: ${String(error)}\n`);
    return null;
  }
}
