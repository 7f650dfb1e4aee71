/**
 * `node build/icons/make.ts`: makes every icon that Hoist ships from the drawings in `sources/`. What it makes is in the
 * repository, so that a build needs no drawing library; the same drawings give the same files.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { type AppleIconType, icnsFile, icoFile, type Picture } from './containers.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Below this many pixels the big drawing blurs: there is one made on the pixels. */
const smallBelow = 32;

/** What Windows asks for at 100 to 250 % of its sizes 16, 24, 32, 48 and 256. */
const windowsSizes = [16, 20, 24, 32, 40, 48, 64, 128, 256] as const;

/** Those of the icon theme specification's `hicolor` that desktops look for. */
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512] as const;

const appleSizes: Readonly<Record<AppleIconType, number>> = {
  ic11: 32,
  ic12: 64,
  ic07: 128,
  ic13: 256,
  ic08: 256,
  ic14: 512,
  ic09: 512,
  ic10: 1024,
};

const trayStates = ['idle', 'busy', 'attention', 'paused'] as const;

/** Electron takes the fitting one of these by itself, going by the ending of its name. */
const trayScales = { '': 16, '@1.5x': 24, '@2x': 32 } as const;

await makeAppIcons();
await makeTrayIcons();

async function makeAppIcons(): Promise<void> {
  write('app/hoist.ico', icoFile(await Promise.all(windowsSizes.map(drawApp))));
  const apple = Object.entries(appleSizes).map(async ([type, size]) => ({
    type: type as AppleIconType,
    png: await draw('app-mac', size),
  }));
  write('app/hoist.icns', icnsFile(await Promise.all(apple)));
  for (const size of linuxSizes) write(`app/linux/${size}x${size}.png`, (await drawApp(size)).png);
  write('bundled/icons/window.png', (await drawApp(256)).png);
}

async function drawApp(size: number): Promise<Picture> {
  return { size, png: await draw(size < smallBelow ? 'app-small' : 'app', size) };
}

async function makeTrayIcons(): Promise<void> {
  for (const state of trayStates) {
    for (const [scale, size] of Object.entries(trayScales)) {
      write(`bundled/icons/tray-${state}${scale}.png`, await draw(`tray-${state}`, size));
      if (scale === '@1.5x') continue;
      // macOS colours what is named so by itself; it has no screens at 1.5.
      write(`bundled/icons/tray-${state}Template${scale}.png`, await draw(`tray-${state}-template`, size));
    }
  }
}

/** The drawing at this many pixels square, as PNG. */
async function draw(name: string, size: number): Promise<Uint8Array> {
  const path = join(here, 'sources', `${name}.svg`);
  const { width } = await sharp(path).metadata();
  return sharp(path, { density: (72 * size) / width })
    .resize(size, size)
    .png({ compressionLevel: 9, effort: 10, palette: false })
    .toBuffer();
}

function write(name: string, bytes: Uint8Array): void {
  const path = join(here, name);
  mkdirSync(join(path, '..'), { recursive: true });
  // A file that is right already keeps its time.
  if (!isSame(path, bytes)) writeFileSync(path, bytes);
}

function isSame(path: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}
