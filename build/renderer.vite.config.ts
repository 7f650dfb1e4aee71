import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { rendererBuild } from './renderer-build.ts';

export default defineConfig(rendererBuild(fileURLToPath(new URL('../dist/renderer', import.meta.url))));
