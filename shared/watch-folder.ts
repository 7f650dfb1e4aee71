/** A watch folder and its rules. */
import { z } from 'zod';

export const changedRules = ['ignore', 'new', 'ask'] as const;
export type ChangedRule = (typeof changedRules)[number];

export const afterUploadSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('keep') }),
  /** Keeps the tree below the folder; `directory` may be relative to the watch folder. */
  z.object({ kind: z.literal('move'), directory: z.string().min(1) }),
  z.object({ kind: z.literal('trash') }),
]);
export type AfterUpload = z.infer<typeof afterUploadSchema>;

export const watchFolderSchema = z.object({
  id: z.string().min(1).max(64),
  /** Absolute path. */
  path: z.string().min(1),
  destinationId: z.string().min(1),
  /** Files that were there when the folder was added: `baseline` leaves them, `include` sends them. */
  existing: z.enum(['baseline', 'include']).default('baseline'),
  /** gitignore syntax, below the folder; the built-in list comes first. */
  ignore: z.array(z.string()).default([]),
  minBytes: z.number().int().nonnegative().optional(),
  maxBytes: z.number().int().positive().optional(),
  /** How long size, mtime and inode must stay the same before a file counts as written. */
  settleMs: z.number().int().min(100).max(3_600_000).default(2000),
  changed: z.enum(changedRules).default('new'),
  after: afterUploadSchema.default({ kind: 'keep' }),
  isPaused: z.boolean().default(false),
  /** Lives as long as the session that added it (`watch --once`): the next engine that starts removes what is left. */
  isTemporary: z.boolean().optional(),
  addedAt: z.number().default(0),
});
export type WatchFolder = z.infer<typeof watchFolderSchema>;
export type WatchFolderDraft = Omit<z.input<typeof watchFolderSchema>, 'id' | 'addedAt'>;
export const watchFolderDraftSchema = watchFolderSchema.omit({ id: true, addedAt: true });

export const healthNames = ['watching', 'polling', 'scanning', 'offline', 'paused', 'unreliable'] as const;
export type HealthName = (typeof healthNames)[number];

/** Every file seen is in exactly one class: the sum of the four is `seen`. */
export interface WatchFolderHealth {
  readonly folderId: string;
  readonly state: HealthName;
  /** A sentence where the state alone does not explain itself ("The limit of inotify watches is reached…"). */
  readonly reason: string | null;
  readonly lastEventAt: number | null;
  readonly lastScanAt: number | null;
  /** Files that a scan found and no event had told. */
  readonly missedEvents: number;
  /** Folders below it that could not be read at the last walk: what they hold is not known. */
  readonly unreadFolders: number;
  readonly seen: number;
  readonly baseline: number;
  readonly ignored: number;
  readonly settling: number;
  readonly jobs: number;
}

/** A file that is not a job yet; shown under Waiting as "Being written". */
export interface SettlingFile {
  readonly folderId: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly since: number;
  readonly bytesPerSecond: number;
}

/** Why a path is, or is not, going up. */
export interface PathExplanation {
  readonly path: string;
  /** The decision chain, one sentence each, outermost first. */
  readonly because: readonly string[];
  readonly folderId: string | null;
  readonly fileClass: 'baseline' | 'ignored' | 'settling' | 'job' | 'unseen';
  readonly rule: string | null;
  readonly jobIds: readonly number[];
}
