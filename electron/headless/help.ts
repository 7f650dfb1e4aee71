/** Examples and long texts of `--help`. */
import type { Surroundings } from './surroundings.ts';

export const programHelp = `
Examples:
  $ hoist upload photo.jpg clip.mp4 --to demo-flora
  $ hoist watch ~/Renders --to studio
  $ hoist status
  $ hoist links --format markdown
  $ HOIST_KEY=… hoist destinations add studio --kind flora --workspace-id ws_…

The destinations demo-runflow, demo-flora, demo-cyberun and demo-pupload need no account: they belong to the built-in
demo service (hoist demo keeps it running).

Links go to stdout, all else to stderr. Exit codes: 0 all completed, 1 some failed, 2 usage, 3 some need you,
130 after Ctrl-C. With --json, each line on stdout is one JSON object with a "type".`;

export const uploadHelp = `
Links are printed in the order in which the files were given, each as soon as those before it have ended.
Files that are queued, running or already up are joined, not doubled: their link is printed just the same.

Examples:
  $ hoist upload *.jpg --to studio --format markdown
  $ hoist upload ./shoot --to studio --ignore '*.xmp'
  $ hoist upload --to pupload --edge image=A.jpg --edge mask=B.png
  $ hoist upload clip.mp4 --to studio --format '{name}: {link}'`;

export const watchHelp = `
The folder is remembered: every host that runs later (hoist run, the desktop app) goes on with it.
With --once nothing is remembered: everything in the folder goes up, and the command ends when all is done.

Examples:
  $ hoist watch ~/Renders --to studio --ignore '*.tmp' --settle 5s
  $ hoist watch ~/Scans --to archive --existing --after move=done
  $ hoist watch ./out --to studio --once`;

export const runHelp = `
Runs until Ctrl-C: all watch folders, all that waits. This is also what a service manager starts.`;

export const serveHelp = `
Runs until Ctrl-C, like hoist run, and prints an address for your browser. The address works once; the browser stays
known after that. Nobody on another machine gets in. Files that you drop into the window are copied to the data
directory first, and removed from there when they are up.`;

export const destinationsAddHelp = `
The key comes from HOIST_KEY, else from a prompt, else from stdin; never from the command line.

Examples:
  $ hoist destinations add studio --kind flora --workspace-id ws_… --folder shoots
  $ pass show runflow | hoist destinations add rf --kind runflow
  $ hoist destinations add local --kind pupload --project 3f0c… --flow publish`;

export const demoHelp = (faults: Surroundings['demoFaults']): string => `
Faults, each NAME=VALUE (a bare NAME where VALUE is true):
${faults.map(faultLine).join('\n')}

VALUE may also be JSON with a scope: "value", and any of "dialect", "stage" (reserve, upload, complete, poll, other),
"first" (only so many requests) and "after" (let so many pass before).

Examples:
  $ hoist demo --ttl 2s --slow 100KB
  $ hoist demo --fault dropAnswer --fault status=503
  $ hoist demo --fault 'status={"value":{"status":429,"retryAfter":5},"dialect":"flora","stage":"reserve","first":3}'`;

const faultLine = ({ name, takes, does }: Surroundings['demoFaults'][number]): string =>
  `  ${name.padEnd(16)}  ${does}${takes === 'true' ? '' : ` (${takes})`}`;
