import { z } from 'zod';
import { buckets } from '../address.ts';
import type { DemoContext } from '../context.ts';
import { openRecords, type Records } from '../records.ts';
import { assetSchema, type FloraAsset, settleAsset } from './asset.ts';
import { presentTarget } from './targets.ts';

export const usedKeySchema = z.object({ bodyHash: z.string(), answer: z.string(), at: z.number() });

/** What the handlers of FLORA share. */
export interface Flora {
  readonly context: DemoContext;
  readonly usedKeys: Records<z.infer<typeof usedKeySchema>>;
  /** Asset id by the token of a form that was handed out. */
  readonly tokens: Records<string>;
  /** The asset as it is now: settled, if its time has come. */
  find(id: string): FloraAsset | null;
  newest(before?: number): Iterable<{ readonly seq: number; readonly value: FloraAsset }>;
  keep(asset: FloraAsset): void;
  hasBytes(asset: FloraAsset): boolean;
  /** The shape of create, complete and retry. */
  present(asset: FloraAsset, hasTarget: boolean): object;
  /** Long-lived; serves the bytes once the asset is ready. */
  urlOf(asset: FloraAsset): string;
}

/** Opens the records of FLORA. */
export function openFlora(context: DemoContext): Flora {
  const assets = openRecords(context.database, 'flora-asset', assetSchema);
  const tokens = openRecords(context.database, 'flora-token', z.string());
  const rule = {
    afterMs: context.scaled(context.settings.flora.readyAfterMs),
    afterPolls: context.settings.flora.readyAfterPolls,
  };
  const keep = (asset: FloraAsset) => {
    assets.put(asset.id, asset);
    if (asset.target.kind !== 'form') return;
    const token = new Map(asset.target.fields).get('token');
    if (token !== undefined && !asset.target.isSpent) tokens.put(token, asset.id);
  };
  const settle = (asset: FloraAsset) => {
    const settled = settleAsset(asset, rule, context.now());
    if (settled === asset) return asset;
    assets.put(settled.id, settled);
    if (settled.status === 'ready') context.counters.dialects.flora.assets += 1;
    return settled;
  };
  const urlOf = (asset: FloraAsset) => {
    const name = encodeURIComponent(asset.fileName.replace(/[/\\]/g, '_'));
    return `${context.address.storeOrigin}/imagekit/flora/${asset.id}/${name}`;
  };
  return {
    context,
    tokens,
    usedKeys: openRecords(context.database, 'flora-key', usedKeySchema),
    find(id) {
      const asset = assets.get(id);
      return asset === null ? null : settle(asset);
    },
    *newest(before) {
      for (const { seq, value } of assets.newest(before)) yield { seq, value: settle(value) };
    },
    keep,
    hasBytes: (asset) => context.objects.find(buckets.flora, asset.key) !== null,
    present: (asset, hasTarget) => ({
      asset_id: asset.id,
      status: asset.status,
      uploaded_via: 'signed_url',
      url: urlOf(asset),
      visibility: 'workspace',
      workspace_id: asset.workspaceId,
      ...(asset.failureMessage === null ? {} : { failure_message: asset.failureMessage }),
      ...(hasTarget ? presentTarget(context, asset.target) : {}),
    }),
    urlOf,
  };
}
