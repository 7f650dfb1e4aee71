import { fileURLToPath } from 'node:url';

/** Where the screens are built to: beside the bundle, which a checkout finds in dist/. */
export const rendererDirectory = (): string =>
  fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? '../../dist/renderer' : './renderer', import.meta.url),
  );
