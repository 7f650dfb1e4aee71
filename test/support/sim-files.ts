/** Files of the simulated disk: versions without bytes. */
import type { FileVersion } from '#ports/transfer.ts';
import { UploadError } from '#ports/upload-error.ts';

export const versionName = ({ sizeBytes, mtimeNs, inode }: FileVersion) => `${sizeBytes}@${mtimeNs}#${inode}`;

export class SimFiles {
  readonly #files = new Map<string, FileVersion>();
  #clock = 0;

  /** Writes a file, new or over another. */
  write(path: string, sizeBytes: number): FileVersion {
    this.#clock += 1;
    const version = { sizeBytes, mtimeNs: String(this.#clock), inode: `1:${this.#clock}` };
    this.#files.set(path, version);
    return version;
  }

  /** The very file is at this path, too. */
  link(path: string, version: FileVersion): void {
    this.#files.set(path, version);
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  find(path: string): FileVersion | null {
    return this.#files.get(path) ?? null;
  }

  read(path: string): FileVersion {
    const version = this.#files.get(path);
    if (version === undefined) throw new UploadError('file-missing', '', { facts: { path } });
    return version;
  }
}
