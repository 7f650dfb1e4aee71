/** A demo service in a process of its own: `node run-demo.ts DIRECTORY`. Says "ready" and lives until it is killed. */
import { startDemo } from '#demo';

const [, , directory = ''] = process.argv;
await startDemo({ directory });
process.stdout.write('ready\n');
