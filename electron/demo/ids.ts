import { randomBytes } from 'node:crypto';

/** A UUIDv7: time first, so that ids sort by age (Pupload's runs, Cyberun's teams and keys). */
export function uuidV7(now: number): string {
  const hex = now.toString(16).padStart(12, '0').slice(-12) + randomBytes(10).toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `7${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** FLORA's ids carry their kind in front: `asset_…`, `req_…`. */
export function prefixedId(prefix: string): string {
  return `${prefix}_${randomBytes(9).toString('hex')}`;
}
