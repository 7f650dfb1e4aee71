import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { engineBuild } from './engine-build.ts';

export default defineConfig(engineBuild(fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '')));
