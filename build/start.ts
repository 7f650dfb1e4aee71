/** `npm start`: builds, and runs the engine here, in the foreground. Ctrl+C stops it. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const vite = fileURLToPath(import.meta.resolve('vite/package.json')).replace(/package\.json$/, 'bin/vite.js');
const build = [vite, 'build', '--config', 'build/engine.vite.config.ts', '--logLevel', 'warn'];
execFileSync(process.execPath, build, { cwd: root, stdio: 'inherit' });

console.log('There is no window: this version has no desktop part. The engine runs here; Ctrl+C stops it.');
process.argv.splice(2, 0, 'run');
await import(new URL('./hoist.js', import.meta.url).href);
