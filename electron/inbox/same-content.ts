import { open } from 'node:fs/promises';

const chunkBytes = 256 * 1024;

/** Whether two files hold the same bytes. False where one cannot be read. */
export async function hasSameContent(pathA: string, pathB: string): Promise<boolean> {
  try {
    await using a = await open(pathA);
    await using b = await open(pathB);
    if ((await a.stat()).size !== (await b.stat()).size) return false;
    const [left, right] = [Buffer.allocUnsafe(chunkBytes), Buffer.allocUnsafe(chunkBytes)];
    for (let at = 0; ; ) {
      const { bytesRead } = await a.read(left, 0, chunkBytes, at);
      if (bytesRead === 0) return true;
      const { bytesRead: others } = await b.read(right, 0, bytesRead, at);
      if (others !== bytesRead) return false;
      if (!left.subarray(0, bytesRead).equals(right.subarray(0, bytesRead))) return false;
      at += bytesRead;
    }
  } catch {
    return false;
  }
}
