import { registerHooks } from 'node:module';

export type Sharp = typeof import('sharp').default;

/**
 * The picture library, with only those of its loaders that Hoist wants; null where it is not installed or not for this
 * machine. `canLoadNative`: whether its native build may come into this process; else its WebAssembly build does.
 */
export async function loadLibrary(canLoadNative: boolean): Promise<Sharp | null> {
  if (!canLoadNative) keepNativeOut();
  try {
    const { default: sharp } = await import('sharp');
    // The library sniffs too, and would take SVG and more: only these of its loaders are left.
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({
      operation: ['Jpeg', 'Png', 'Nsgif', 'Webp', 'Tiff', 'Heif'].map((kind) => `VipsForeignLoad${kind}`),
    });
    sharp.cache(false);
    sharp.concurrency(1);
    return sharp;
  } catch {
    return null;
  }
}

/** The library tries one package after the other, the native ones first: for this thread they are not there. */
function keepNativeOut(): void {
  registerHooks({
    resolve(specifier, context, next) {
      if (/^@img\/sharp-(?!wasm32)/.test(specifier)) throw new Error(`${specifier} is kept out.`);
      return next(specifier, context);
    },
  });
}
