/** The SHA-256 of the file that a body brings: all of the body, or the last part of a form, as stores want it there. */
import { createHash } from 'node:crypto';

export interface FileHash {
  update(part: Buffer): void;
  digest(): string;
}

export function createFileHash(contentType: string | undefined): FileHash {
  const [, boundary] = /^multipart\/form-data;.*boundary="?([^";]+)/i.exec(contentType ?? '') ?? [];
  return boundary === undefined ? hashOfAll() : hashOfLastPart(boundary);
}

function hashOfAll(): FileHash {
  const hash = createHash('sha256');
  return { update: (part) => void hash.update(part), digest: () => hash.digest('hex') };
}

function hashOfLastPart(boundary: string): FileHash {
  const hash = createHash('sha256');
  const end = Buffer.from(`\r\n--${boundary}--`);
  /** Before the file: all that came. In it: what may be the end of the form. */
  let kept = Buffer.alloc(0);
  let isInFile = false;
  return {
    update(part) {
      kept = Buffer.concat([kept, part]);
      if (!isInFile) {
        const named = kept.indexOf('filename=');
        const begins = named === -1 ? -1 : kept.indexOf('\r\n\r\n', named);
        if (begins === -1) return;
        isInFile = true;
        kept = kept.subarray(begins + 4);
      }
      // A line break may follow the end.
      const sure = Math.max(0, kept.length - end.length - 2);
      hash.update(kept.subarray(0, sure));
      kept = kept.subarray(sure);
    },
    digest() {
      const last = kept.indexOf(end);
      hash.update(last === -1 ? kept : kept.subarray(0, last));
      return hash.digest('hex');
    },
  };
}
