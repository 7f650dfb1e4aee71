/**
 * The picture library of the packed app: sharp, on its WebAssembly build, for every system.
 *
 * - Its native build ends the whole app on Linux: Electron's binary there brings another glib into the process than the
 *   one that the library was made with. https://sharp.pixelplumbing.com/install#electron-and-linux
 * - It is half as large (9 instead of 19 MB, 2.8 instead of 6.4 compressed) and as fast at what Hoist asks for.
 * - It is the same file everywhere, lies inside the archive whose integrity is checked, and nothing native needs signing.
 * - What is wrong with a picture stays inside the WebAssembly memory.
 */

/** Relative to the package's folder: what is run, what that reads, and the licence. */
export const pictureLibrary: Readonly<Record<string, readonly string[]>> = {
  sharp: ['package.json', 'LICENSE', 'dist/*.mjs'],
  '@img/colour': ['package.json', 'LICENSE.md', '*.cjs'],
  '@img/sharp-wasm32': ['package.json', 'LICENSE', 'index.cjs', 'versions.json', 'lib/*'],
  // Its index.js takes one of the two, by NODE_ENV.
  '@emnapi/runtime': ['package.json', 'LICENSE', 'index.js', 'dist/emnapi.cjs.js', 'dist/emnapi.cjs.min.js'],
  'detect-libc': ['package.json', 'LICENSE', 'lib/*.js'],
  semver: ['package.json', 'LICENSE', 'index.js', '{classes,functions,internal,ranges}/*.js'],
};
