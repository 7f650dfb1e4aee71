/** The connections of one client: keep-alive agents for http and https, direct and through the proxy. */
import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { SecureContext } from 'node:tls';
import { isLoopbackHost } from './addresses.ts';
import { createGuardedLookup } from './guarded-lookup.ts';
import { type ProxySettings, proxySettings } from './proxy-settings.ts';

export interface Lines {
  agentFor(url: URL): HttpAgent | HttpsAgent;
  /** Whether a proxy is set for such URLs (a NO_PROXY entry may still lead around it). */
  mayUseProxy(url: URL): boolean;
  /** Idle sockets only; those that carry a request stay. */
  dropIdle(): void;
  close(): void;
}

/** Shorter than what stores and load balancers keep an idle connection for, so that it is we who close it. */
const idleMs = 15_000;

const agentOptions: AgentOptions & { autoSelectFamilyAttemptTimeout: number } = {
  keepAlive: true,
  maxFreeSockets: 32,
  timeout: idleMs,
  // Node gives each address 250 ms before it tries the next, which a far host does not always make.
  autoSelectFamilyAttemptTimeout: 1_000,
};

export function createLines(options: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly trust: () => SecureContext;
}): Lines {
  const proxy = proxySettings(options.environment);
  const agents = new Map<string, HttpAgent | HttpsAgent>();
  const lookup = createGuardedLookup();

  function create(protocol: string, proxyEnv: ProxySettings | undefined): HttpAgent | HttpsAgent {
    const common = { ...agentOptions, lookup, ...(proxyEnv === undefined ? {} : { proxyEnv }) };
    if (protocol === 'http:') return new HttpAgent(common);
    return new HttpsAgent({ ...common, secureContext: options.trust(), rejectUnauthorized: true });
  }

  function mayUseProxy(url: URL): boolean {
    // A proxy's idea of loopback is its own machine.
    if (isLoopbackHost(url.hostname)) return false;
    return url.protocol === 'https:' ? proxy.HTTPS_PROXY !== undefined : proxy.HTTP_PROXY !== undefined;
  }

  return {
    agentFor(url) {
      const isProxied = mayUseProxy(url);
      const name = `${url.protocol}${isProxied}`;
      const known = agents.get(name);
      if (known !== undefined) return known;
      const made = create(url.protocol, isProxied ? proxy : undefined);
      agents.set(name, made);
      return made;
    },
    mayUseProxy,
    dropIdle() {
      for (const agent of agents.values()) {
        for (const sockets of Object.values(agent.freeSockets)) {
          for (const socket of [...(sockets ?? [])]) socket.destroy();
        }
      }
    },
    close() {
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
  };
}
