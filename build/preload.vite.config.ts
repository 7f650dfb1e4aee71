import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { preloadBuild } from './desktop-build.ts';

export default defineConfig(
  preloadBuild(fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '')),
);
