/** A child that takes a directory's lock, says whether it got it, and keeps it until its input ends. */
import { lockDirectory } from '../../../electron/storage/index.ts';

const lock = lockDirectory(process.argv[2] ?? '');
process.stdout.write(lock === null ? 'refused\n' : 'held\n');
process.stdin.resume();
process.stdin.on('end', () => lock?.release());
