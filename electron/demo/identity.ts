/** How processes that share a directory prove themselves to each other over a port that anybody could sit on. */
import { createHmac } from 'node:crypto';
import { derive } from './address.ts';

export const adminHeader = 'x-demo-secret';

/** What the header must say; the directory's secret itself is never sent. */
export function adminToken(secret: string): string {
  return derive(secret, 'admin');
}

/** Proof of knowing the directory's secret, for a challenge of the asker's: a foreign process cannot give it. */
export function proveIdentity(secret: string, challenge: string): string {
  return createHmac('sha256', secret).update(`health ${challenge}`).digest('hex');
}
