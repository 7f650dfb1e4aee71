/** Real pictures, the real worker, real files. */
import { execFile } from 'node:child_process';
import { mkdir, readdir, rename, rm, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#ports/clock.ts';
import { createThumbnails } from '#thumbnails';
import { temporaryDirectory } from '../support/temporary.ts';

async function open(cacheBytes?: number) {
  const dataDir = await temporaryDirectory();
  const options = { dataDir, clock: systemClock, ...(cacheBytes === undefined ? {} : { cacheBytes }) };
  const thumbnails = createThumbnails(options);
  onTestFinished(() => thumbnails.close());
  return { thumbnails, dataDir, options, kept: () => readdir(join(dataDir, 'thumbnails')).catch(() => []) };
}

/** Red above, blue below. */
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#f00' } }).composite([
    {
      input: {
        create: { width, height: height / 2, channels: 3, background: '#00f' },
      },
      gravity: 'south',
    },
  ]);

async function look(webp: Uint8Array | null) {
  if (webp === null) throw new Error('There is no picture.');
  expect(Buffer.from(webp.subarray(8, 12)).toString()).toBe('WEBP');
  const { data, info } = await sharp(webp).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => {
    const [red = 0, , blue = 0] = data.subarray((y * info.width + x) * 3);
    return red > blue ? 'red' : 'blue';
  };
  return {
    size: [info.width, info.height],
    first: at(1, 1),
    rightTop: at(info.width - 2, 1),
    last: at(info.width - 2, info.height - 2),
    exif: (await sharp(webp).metadata()).exif,
  };
}

/** A sound PNG, one bit a pixel: enormous in memory, a few kilobytes on disk. */
function hugePng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const whole = Buffer.alloc(body.length + 8);
    whole.writeUInt32BE(data.length, 0);
    body.copy(whole, 4);
    whole.writeUInt32BE(crc32(body), body.length + 4);
    return whole;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('pictures', () => {
  test.each(['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff'] as const)('%s, in both sizes', async (format) => {
    const { thumbnails, dataDir } = await open();
    const path = join(dataDir, 'no-extension');
    await picture(1000, 500)[format]().toFile(path);
    expect(await look(await thumbnails.get(path, 64))).toMatchObject({
      size: [64, 32],
      first: 'red',
      last: 'blue',
    });
    expect(await look(await thumbnails.get(path, 512))).toMatchObject({ size: [512, 256] });
  });

  test('a photo stands as the camera was held, and tells nothing else of it', async () => {
    const { thumbnails, dataDir } = await open();
    const path = join(dataDir, 'a.jpg');
    // Orientation 6: what is stored has to be turned right by 90 degrees, so that its left column comes on top.
    await picture(400, 200)
      .jpeg()
      .withExif({ IFD0: { Copyright: 'secret' } })
      .withMetadata({ orientation: 6 })
      .toFile(path);
    expect(await look(await thumbnails.get(path, 64))).toMatchObject({
      size: [32, 64],
      first: 'blue',
      rightTop: 'red',
      exif: undefined,
    });
  });

  test('a small one stays small', async () => {
    const { thumbnails, dataDir } = await open();
    const path = join(dataDir, 'a.png');
    await picture(20, 10).png().toFile(path);
    expect(await look(await thumbnails.get(path, 512))).toMatchObject({ size: [20, 10] });
  });
});

describe('no picture', () => {
  test.each<[string, Buffer | string]>([
    ['a text', 'hello'],
    ['nothing', ''],
    [
      'an SVG',
      '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="5" height="5"/></svg>',
    ],
    [
      'an SVG that says it is XML',
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
    ],
    ['a PDF', '%PDF-1.7\n%…\n'],
    ['a film', Buffer.concat([Buffer.from([0, 0, 0, 0x18]), Buffer.from('ftypisom')])],
    ['half a PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])],
    ['a bomb of 144 megapixels', hugePng(12_000, 12_000)],
  ])('of %s, whatever its name', async (_name, bytes) => {
    const { thumbnails, dataDir, kept } = await open();
    const path = join(dataDir, 'a.png');
    await writeFile(path, bytes);
    expect(await thumbnails.get(path, 64)).toBeNull();
    expect(await thumbnails.get(path, 64)).toBeNull();
    expect(await kept()).toEqual([]);
    // The worker is still good for others.
    const other = join(dataDir, 'b.png');
    await picture(20, 10).png().toFile(other);
    expect(await thumbnails.get(other, 64)).not.toBeNull();
  });

  test('of a file that is too large, a link, a folder, a pipe, or gone', async () => {
    const { thumbnails, dataDir } = await open();
    const path = join(dataDir, 'a.png');
    await picture(20, 10).png().toFile(path);
    const large = join(dataDir, 'large.png');
    await picture(20, 10).png().toFile(large);
    await truncate(large, 200 * 1024 * 1024);
    const link = join(dataDir, 'link.png');
    await symlink(path, link);
    const folder = join(dataDir, 'folder.png');
    await mkdir(folder);
    const pipe = join(dataDir, 'pipe.png');
    await promisify(execFile)('mkfifo', [pipe]);
    for (const each of [large, link, folder, pipe, join(dataDir, 'gone.png')]) {
      expect([each, await thumbnails.get(each, 64)]).toEqual([each, null]);
    }
  });

  test('of what nobody waits for any more', async () => {
    const { thumbnails, dataDir, kept } = await open();
    const path = join(dataDir, 'a.png');
    await picture(20, 10).png().toFile(path);
    expect(await thumbnails.get(path, 64, AbortSignal.abort())).toBeNull();
    expect(await kept()).toEqual([]);
    // That says nothing about the file.
    expect(await thumbnails.get(path, 64)).not.toBeNull();
  });
});

describe('what was made is kept', () => {
  test('for this version of the file, also after a restart; a new version takes its place', async () => {
    const { thumbnails, dataDir, options, kept } = await open();
    const path = join(dataDir, 'a.png');
    await picture(100, 50).png().toFile(path);
    const first = await thumbnails.get(path, 64);
    const [name] = await kept();
    const { mtimeMs } = await stat(path);
    // Other bytes under the same size and date would not be seen: so these come from what was kept.
    const { size } = await stat(path);
    await writeFile(path, Buffer.alloc(size));
    await utimes(path, new Date(), new Date(mtimeMs));
    await utimes(path, mtimeMs / 1000, mtimeMs / 1000);
    const after = createThumbnails(options);
    onTestFinished(() => after.close());
    expect(Buffer.from((await after.get(path, 64)) ?? [])).toEqual(Buffer.from(first ?? []));

    await picture(50, 100).png().toFile(path);
    await utimes(path, new Date(), new Date(mtimeMs + 5000));
    expect(await look(await after.get(path, 64))).toMatchObject({ size: [32, 64] });
    expect(await kept()).toHaveLength(1);
    expect((await kept())[0]).not.toBe(name);
  });

  test('and shown when the file is gone', async () => {
    const { thumbnails, dataDir } = await open();
    const path = join(dataDir, 'a.png');
    await picture(100, 50).png().toFile(path);
    const made = await thumbnails.get(path, 64);
    await rm(path);
    expect(Buffer.from((await thumbnails.get(path, 64)) ?? [])).toEqual(Buffer.from(made ?? []));
    expect(await thumbnails.get(path, 512)).toBeNull();
  });

  test('many askers share one picture', async () => {
    const { thumbnails, dataDir, kept } = await open();
    const path = join(dataDir, 'a.png');
    await picture(100, 50).png().toFile(path);
    const all = await Promise.all(Array.from({ length: 50 }, () => thumbnails.get(path, 64)));
    expect(new Set(all).size).toBe(1);
    expect(all[0]).not.toBeNull();
    expect(await kept()).toHaveLength(1);
  });

  test('up to a limit: what was used last stays', async () => {
    const dataDir = await temporaryDirectory();
    let now = 1_700_000_000_000;
    const clock = { ...systemClock, now: () => now };
    const make = async (name: string) => {
      const path = join(dataDir, name);
      await picture(100, 50).png().toFile(path);
      return path;
    };
    const first = createThumbnails({ dataDir, clock });
    onTestFinished(() => first.close());
    const one = (await first.get(await make('probe.png'), 64))?.length ?? 0;
    await rm(join(dataDir, 'thumbnails'), { recursive: true });

    const thumbnails = createThumbnails({ dataDir, clock, cacheBytes: one * 4 });
    onTestFinished(() => thumbnails.close());
    const paths: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) {
      const path = await make(`${name}.png`);
      paths.push(path);
      now += 1000;
      await thumbnails.get(path, 64);
    }
    now += 1000;
    await thumbnails.get(paths[0] ?? '', 64);
    now += 1000;
    await thumbnails.get(await make('e.png'), 64);
    for (const path of paths) await rename(path, `${path}.away`);
    const left = await Promise.all(paths.map(async (path) => (await thumbnails.get(path, 64)) !== null));
    expect(left).toEqual([true, false, false, true]);
  });
});

test('a picture that meets the moment in which another thread sets the loaders is there all the same', async () => {
  const { thumbnails, dataDir } = await open();
  const paths = ['first.jpg', 'second.jpg'].map((name) => join(dataDir, name));
  for (const path of paths) await picture(90, 60).jpeg().toFile(path);
  const [first = '', second = ''] = paths;
  // Now the worker has its library: what is blocked next is blocked in it, too.
  await look(await thumbnails.get(first, 64));
  const loaders = { operation: ['VipsForeignLoad'] };
  sharp.block(loaders);
  const unblocking = setTimeout(() => sharp.unblock(loaders), 25);
  onTestFinished(() => {
    clearTimeout(unblocking);
    sharp.unblock(loaders);
  });
  expect(await thumbnails.get(second, 64)).not.toBeNull();
});
