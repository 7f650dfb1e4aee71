/** One file by three requests with got: `origin file`. */
import { gotSend, threeCalls } from './calls.ts';

const [origin = '', path = ''] = process.argv.slice(2);
await threeCalls(gotSend(), origin, path);
process.exit(0);
