import { randomBytes } from 'node:crypto';
import { copyFileSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { openSink, type Received, type Sink } from './sink.ts';

export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly sizeBytes: number;
  /** As the upload declared it; null where it did not. */
  readonly contentType: string | null;
  /** Null where bodies are not hashed. */
  readonly sha256: string | null;
  readonly etag: string;
  readonly storedAt: number;
  /** Where its bytes are; null: they are not kept (quota, or an option). */
  readonly path: string | null;
}

export interface ObjectStoreOptions {
  readonly directory: string;
  readonly database: DatabaseSync;
  readonly keepObjects: boolean;
  readonly hashObjects: boolean;
  readonly quotaBytes: number;
  now(): number;
}

/**
 * The bucket storage behind all dialects: bytes in files, facts in the database. Order makes it safe against a kill at
 * any moment: temporary file, rename, then the row; a file without a row is removed at the next start.
 */
export class ObjectStore {
  readonly #options: ObjectStoreOptions;
  readonly #root: string;
  readonly #statements: ReturnType<typeof prepareStatements>;
  /** Folders that are there: 256 at most, so that no folder grows long. */
  readonly #shards = new Set<string>();
  #keptBytes: number;

  constructor(options: ObjectStoreOptions) {
    this.#options = options;
    this.#root = join(options.directory, 'objects');
    this.#statements = prepareStatements(options.database);
    mkdirSync(join(this.#root, 'incoming'), { recursive: true });
    this.#removeStrays();
    this.#keptBytes = Number(this.#statements.keptBytes.get()?.total ?? 0);
    this.#evict(null);
  }

  find(bucket: string, key: string): StoredObject | null {
    const row = this.#statements.find.get(bucket, key);
    return row === undefined || row.size === null ? null : this.#read(row);
  }

  /** Whole bodies received for an object, stored or not. */
  bodies(bucket: string, key: string): number {
    return Number(this.#statements.find.get(bucket, key)?.bodies ?? 0);
  }

  /** A place for bytes that are on their way; `sizeBytes` is what was announced. */
  open(sizeBytes: number): Sink {
    const { keepObjects, hashObjects, quotaBytes } = this.#options;
    // What cannot stay is not written first: one object over the whole quota is only counted.
    const path = keepObjects && sizeBytes <= quotaBytes ? join(this.#root, 'incoming', randomName()) : null;
    return openSink({ path, sizeBytes, isHashed: hashObjects });
  }

  /** A whole body came, and nothing is stored of it (expired meanwhile, or somebody was faster). */
  countBody(bucket: string, key: string): void {
    this.#statements.count.run(bucket, key);
  }

  /** Makes received bytes the object; whatever was there before is replaced in one moment. */
  store(
    bucket: string,
    key: string,
    contentType: string | null,
    received: Received,
    at = this.#options.now(),
  ): StoredObject {
    const name = received.path === null ? null : this.#adopt(received.path);
    const before = this.#statements.find.get(bucket, key);
    const sha256 = received.sha256;
    const etag = `"${(sha256 ?? randomBytes(16).toString('hex')).slice(0, 32)}"`;
    this.#statements.store.run(bucket, key, name, received.sizeBytes, contentType, sha256, etag, at);
    if (name !== null) this.#keptBytes += received.sizeBytes;
    if (before !== undefined) this.#dropFile(before);
    this.#evict(name);
    const stored = this.find(bucket, key);
    if (stored === null) throw new Error('The object is gone as soon as it was stored.');
    return stored;
  }

  /** A step's output in the Pupload demo: the same bytes under another key. */
  copy(from: StoredObject, bucket: string, key: string, at: number): void {
    let path: string | null = null;
    if (from.path !== null) {
      path = join(this.#root, 'incoming', randomName());
      linkOrCopy(from.path, path);
    }
    const same = { path, sizeBytes: from.sizeBytes, sha256: from.sha256 };
    this.store(bucket, key, from.contentType, same, at);
  }

  /** Forgets the bytes and the facts, but not how many bodies came. */
  remove(bucket: string, key: string): void {
    const row = this.#statements.find.get(bucket, key);
    if (row === undefined) return;
    this.#statements.forget.run(bucket, key);
    this.#dropFile(row);
  }

  #read(row: Record<string, SQLOutputValue>): StoredObject {
    return {
      bucket: String(row.bucket),
      key: String(row.key),
      sizeBytes: Number(row.size),
      contentType: row.type === null ? null : String(row.type),
      sha256: row.sha256 === null ? null : String(row.sha256),
      etag: String(row.etag),
      storedAt: Number(row.stored_at),
      path: row.file === null ? null : join(this.#root, String(row.file)),
    };
  }

  #adopt(incoming: string): string {
    const base = randomName();
    const shard = base.slice(0, 2);
    const name = join(shard, base);
    if (!this.#shards.has(shard)) mkdirSync(join(this.#root, shard), { recursive: true });
    this.#shards.add(shard);
    renameSync(incoming, join(this.#root, name));
    return name;
  }

  #dropFile(row: Record<string, SQLOutputValue>): void {
    if (row.file === null || row.file === undefined) return;
    this.#keptBytes -= Number(row.size);
    rmSync(join(this.#root, String(row.file)), { force: true });
  }

  /** Oldest first, until the rest fits; the newest object stays in any case. */
  #evict(newest: string | null): void {
    while (this.#keptBytes > this.#options.quotaBytes) {
      const oldest = this.#statements.oldest.get();
      if (oldest === undefined || oldest.file === newest) return;
      this.#statements.unkeep.run(String(oldest.bucket), String(oldest.key));
      this.#dropFile(oldest);
    }
  }

  /** What a killed process left: half-received bodies, and files whose row was never written or already changed. */
  #removeStrays(): void {
    const known = new Set(this.#statements.files.all().map((row) => String(row.file)));
    for (const folder of readdirSync(this.#root)) {
      for (const base of readdirSync(join(this.#root, folder))) {
        if (!known.delete(join(folder, base))) rmSync(join(this.#root, folder, base), { force: true });
      }
    }
    for (const missing of known) this.#statements.lose.run(missing);
  }
}

function prepareStatements(database: DatabaseSync) {
  return {
    find: database.prepare('SELECT * FROM objects WHERE bucket = ? AND key = ?'),
    store: database.prepare(
      `INSERT INTO objects (bucket, key, file, size, type, sha256, etag, stored_at, bodies) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)
       ON CONFLICT (bucket, key) DO UPDATE SET file = excluded.file, size = excluded.size, type = excluded.type,
       sha256 = excluded.sha256, etag = excluded.etag, stored_at = excluded.stored_at, bodies = bodies + 1`,
    ),
    count: database.prepare(
      'INSERT INTO objects (bucket, key, bodies) VALUES (?, ?, 1) ON CONFLICT (bucket, key) DO UPDATE SET bodies = bodies + 1',
    ),
    forget: database.prepare(
      'UPDATE objects SET file = NULL, size = NULL, type = NULL, sha256 = NULL, etag = NULL, stored_at = NULL WHERE bucket = ? AND key = ?',
    ),
    unkeep: database.prepare('UPDATE objects SET file = NULL WHERE bucket = ? AND key = ?'),
    lose: database.prepare('UPDATE objects SET file = NULL WHERE file = ?'),
    oldest: database.prepare('SELECT * FROM objects WHERE file IS NOT NULL ORDER BY stored_at LIMIT 1'),
    files: database.prepare('SELECT file FROM objects WHERE file IS NOT NULL'),
    keptBytes: database.prepare('SELECT SUM(size) AS total FROM objects WHERE file IS NOT NULL'),
  };
}

function randomName(): string {
  return randomBytes(12).toString('hex');
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
