/** Finding the demo service that runs on a directory, from this process or any other. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { addressOf, type DemoAddress } from './address.ts';
import { readPorts, readSecret } from './directory.ts';
import { type DemoFaults, parseFaults } from './faults.ts';
import { adminHeader, adminToken, proveIdentity } from './identity.ts';
import type { DemoStats } from './stats.ts';

const healthTimeoutMs = 2000;
const healthSchema = z.object({ proof: z.string() });

/** A running demo service, wherever it runs: over its admin endpoint. */
export interface DemoControl {
  readonly address: DemoAddress;
  /** Replaces the named faults (null ends one); answers all. `{}` only reads. */
  setFaults(faults: Partial<DemoFaults>): Promise<DemoFaults>;
  stats(): Promise<DemoStats>;
  /** The bytes of an object, by what the statistics say about it. */
  readObject(object: { readonly bucket: string; readonly key: string }): Promise<Buffer>;
}

/** The address of the one that runs on this directory; null: none does, whoever may sit on its port. */
export async function findDemo(directory: string): Promise<DemoAddress | null> {
  const secret = readSecret(directory);
  const ports = readPorts(directory);
  if (secret === null || ports === null) return null;
  const address = addressOf(secret, ports);
  const challenge = randomBytes(16).toString('hex');
  try {
    const response = await fetch(`${address.origin}/demo/health?challenge=${challenge}`, {
      signal: AbortSignal.timeout(healthTimeoutMs),
      redirect: 'error',
    });
    const { proof } = healthSchema.parse(await response.json());
    return proof === proveIdentity(secret, challenge) ? address : null;
  } catch {
    return null;
  }
}

/** Control over the demo service that runs on this directory; null: none does. */
export async function connectDemo(directory: string): Promise<DemoControl | null> {
  const address = await findDemo(directory);
  const secret = readSecret(directory);
  return address === null || secret === null ? null : controlAt(address, secret);
}

function controlAt(address: DemoAddress, secret: string): DemoControl {
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { [adminHeader]: adminToken(secret), 'content-type': 'application/json' };
    const response = await fetch(`${address.origin}/demo${path}`, { ...init, headers });
    if (!response.ok)
      throw new Error(`The demo service answered ${response.status}: ${await response.text()}`);
    return response;
  };
  return {
    address,
    async setFaults(faults) {
      const response = await ask('/faults', { method: 'POST', body: JSON.stringify(faults) });
      return parseFaults(await response.json()) as DemoFaults;
    },
    // Made by the same program a moment ago, over a connection that proved itself.
    stats: async () => (await (await ask('/stats')).json()) as DemoStats,
    async readObject({ bucket, key }) {
      const path = [bucket, ...key.split('/')].map(encodeURIComponent).join('/');
      return Buffer.from(await (await ask(`/objects/${path}`)).arrayBuffer());
    },
  };
}
