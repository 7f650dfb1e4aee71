/** A FLORA asset through its life, as pure decisions over a record. */
import { z } from 'zod';

const targetSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('form'),
    url: z.string(),
    /** In the order in which they must be sent back. */
    fields: z.array(z.tuple([z.string(), z.string()])),
    expiresAt: z.number(),
    /** The single-use token was seen by the server: this form is worth nothing any more. */
    isSpent: z.boolean(),
  }),
  z.object({ kind: z.literal('put'), url: z.string(), expiresAt: z.number() }),
]);
export type FloraTarget = z.infer<typeof targetSchema>;

export const assetSchema = z.object({
  id: z.string(),
  workspaceId: z.string(),
  fileName: z.string(),
  contentType: z.string().nullable(),
  folder: z.string().nullable(),
  key: z.string(),
  createdAt: z.number(),
  status: z.enum(['pending_upload', 'ready', 'failed']),
  failureMessage: z.string().nullable(),
  target: targetSchema,
  /** Set by complete; the asset is being made ready since. */
  completedAt: z.number().nullable(),
  /** What it will fail with, decided when it was completed. */
  willFailWith: z.string().nullable(),
  polls: z.number(),
  /** Canvas node by project id. */
  nodes: z.record(z.string(), z.string()),
});
export type FloraAsset = z.infer<typeof assetSchema>;

export interface ReadyRule {
  readonly afterMs: number;
  readonly afterPolls: number;
}

/** Moves a completed asset on to ready or failed when its time has come. */
export function settleAsset(asset: FloraAsset, rule: ReadyRule, now: number): FloraAsset {
  if (asset.status !== 'pending_upload' || asset.completedAt === null) return asset;
  if (now < asset.completedAt + rule.afterMs || asset.polls < rule.afterPolls) return asset;
  if (asset.willFailWith === null) return { ...asset, status: 'ready' };
  return { ...asset, status: 'failed', failureMessage: asset.willFailWith };
}

/** Whether the target that was handed out last can still be used for a first or another try. */
export function isTargetUsable(target: FloraTarget, now: number): boolean {
  return now <= target.expiresAt && !(target.kind === 'form' && target.isSpent);
}

/**
 * Retry makes a fresh reservation for a failed or expired upload, and for a pending one whose transfer broke. While the
 * first target is still good, or the bytes are in, it is a conflict.
 */
export function mayRetry(asset: FloraAsset, hasBytes: boolean, now: number): boolean {
  if (asset.status === 'failed') return true;
  return asset.status === 'pending_upload' && !hasBytes && !isTargetUsable(asset.target, now);
}
