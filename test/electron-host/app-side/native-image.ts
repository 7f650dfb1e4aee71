/** `nativeImage`: pictures by their bytes; nothing is drawn. */
import { readFileSync } from 'node:fs';
import type { NativeImage, Size } from 'electron';
import { StrictPart, strict } from './strict.ts';

type ImageMembers = Pick<
  NativeImage,
  | 'addRepresentation'
  | 'getAspectRatio'
  | 'isEmpty'
  | 'isMacTemplateImage'
  | 'isTemplateImage'
  | 'setTemplateImage'
  | 'toPNG'
>;

const pngMagic = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const jpegMagic = Buffer.from([0xff, 0xd8, 0xff]);

export class StandInImage extends StrictPart implements ImageMembers {
  readonly #bytes: Buffer;
  readonly #size: Size;
  isMacTemplateImage = false;

  constructor(bytes: Buffer, size?: Size) {
    super('NativeImage');
    this.#bytes = bytes;
    this.#size = size ?? sizeOf(bytes);
  }
  isEmpty(): boolean {
    return this.#size.width === 0;
  }
  getSize(): Size {
    return { ...this.#size };
  }
  getAspectRatio(): number {
    return this.isEmpty() ? 1 : this.#size.width / this.#size.height;
  }
  resize({ width, height }: { readonly width?: number; readonly height?: number }): StandInImage {
    const ratio = this.getAspectRatio();
    const size = {
      width: width ?? Math.round((height ?? this.#size.height) * ratio),
      height: height ?? Math.round((width ?? this.#size.width) / ratio),
    };
    return new StandInImage(this.#bytes, this.isEmpty() ? undefined : size);
  }
  toPNG(): Buffer {
    return this.#bytes;
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.#bytes.toString('base64')}`;
  }
  addRepresentation(): void {}
  setTemplateImage(isTemplate: boolean): void {
    this.isMacTemplateImage = isTemplate;
  }
  isTemplateImage(): boolean {
    return this.isMacTemplateImage;
  }
}

/** PNG and JPEG are what Electron reads everywhere; all else is an empty picture there, and here. */
function sizeOf(bytes: Buffer): Size {
  if (bytes.subarray(0, 4).equals(pngMagic)) {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  return bytes.subarray(0, 3).equals(jpegMagic) ? { width: 1, height: 1 } : { width: 0, height: 0 };
}

function fromPath(path: string): StandInImage {
  try {
    return new StandInImage(readFileSync(path));
  } catch {
    return new StandInImage(Buffer.alloc(0));
  }
}

export const toImage = (image: NativeImage | StandInImage | string): StandInImage =>
  typeof image === 'string' ? fromPath(image) : (image as StandInImage);

export const nativeImage = strict('nativeImage', {
  createEmpty: () => new StandInImage(Buffer.alloc(0)),
  createFromPath: fromPath,
  createFromBuffer: (bytes: Buffer) => new StandInImage(bytes),
  createFromDataURL: (url: string) =>
    new StandInImage(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')),
  // There is none on Linux: electron.d.ts, nativeImage.createThumbnailFromPath.
  createThumbnailFromPath: () => Promise.reject(new Error('Not supported on this platform')),
});
