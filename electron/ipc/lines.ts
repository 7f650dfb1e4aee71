/** A line was longer than its reader allows. */
export class LineTooLongError extends Error {
  override readonly name = 'LineTooLongError';
}

/**
 * Cuts a byte stream into lines, without their newline. Chunks are joined once per line, so that a long line costs no
 * more than its length; a line over `maxBytes` throws as soon as that is seen.
 */
export function createLineCutter(maxBytes: number): (chunk: Buffer) => readonly string[] {
  let parts: Buffer[] = [];
  let length = 0;

  const take = (part: Buffer) => {
    length += part.length;
    if (length > maxBytes) throw new LineTooLongError(`A line is longer than ${maxBytes} bytes.`);
    parts.push(part);
  };
  const flush = () => {
    const line = Buffer.concat(parts, length).toString('utf8');
    parts = [];
    length = 0;
    return line;
  };

  return (chunk) => {
    const lines: string[] = [];
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      take(chunk.subarray(from, end));
      lines.push(flush());
      from = end + 1;
    }
    if (from < chunk.length) take(chunk.subarray(from));
    return lines;
  };
}
