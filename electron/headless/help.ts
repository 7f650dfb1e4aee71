/** Examples and long texts of `--help`. */
import { templateWords } from '#shared/asset.ts';
import type { DemoParts } from './surroundings.ts';

const examples = (...lines: readonly string[]): string =>
  `\n${lines.length === 1 ? 'Example' : 'Examples'}:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;

export const programHelp = `${examples(
  'hoist upload photo.jpg clip.mp4 --to demo-flora',
  'hoist watch ~/Renders --to studio',
  'hoist status',
  'hoist links --format markdown',
  'HOIST_KEY=… hoist destinations add studio --kind flora --workspace-id ws_…',
)}

The destinations demo-runflow, demo-flora, demo-cyberun and demo-pupload need no account: they belong to the built-in
demo service (hoist demo keeps it running).

Links go to stdout, all else to stderr. With --json, each line on stdout is one JSON object with a "type".

Exit codes: 0 all completed, 1 some failed, were refused or canceled, 2 wrong usage, 3 some need you, 130 after Ctrl-C.

Environment: HOIST_DATA_DIR (as --data-dir), HOIST_KEY (the key for destinations add and key), NO_COLOR, HOIST_DEBUG=1
(shows where a mistake of Hoist was made).`;

/** What commands with `--format` and `--json` have in common. */
const formatHelp = `
A template is any text with at least one of: ${templateWords.map((word) => `{${word}}`).join(', ')}.
With --json, "link" is what the asset is called for good; --format adds "formatted", where a short-lived address is
signed anew.`;

export const uploadHelp = `
Links are printed in the order in which the files were given, each as soon as those before it have ended.
Files that are queued, running or already up are joined, not doubled: their link is printed just the same.
${formatHelp}
${examples(
  'hoist upload *.jpg --to studio --format markdown',
  "hoist upload ./shoot --to studio --ignore '*.xmp'",
  'hoist upload --to pupload --edge image=A.jpg --edge mask=B.png',
  "hoist upload clip.mp4 --to studio --format '{name}: {link}'",
)}`;

export const watchHelp = `
The folder is remembered: every host that runs later (hoist run, the desktop app) goes on with it.
With --once nothing is remembered: everything in the folder goes up, and the command ends when all is done.
${formatHelp}
${examples(
  "hoist watch ~/Renders --to studio --ignore '*.tmp' --settle 5s",
  'hoist watch ~/Scans --to archive --existing --after move=done',
  'hoist watch ./out --to studio --once',
)}`;

export const runHelp = `
Runs until Ctrl-C: all watch folders, all that waits. This is also what a service manager starts.
${formatHelp}
${examples('hoist run')}`;

export const serveHelp = `
Runs until Ctrl-C, like hoist run, and prints an address for your browser. The address works once; the browser stays
known after that. Nobody on another machine gets in. Files that you drop into the window are copied to the data
directory first, and removed from there when they are up.
${examples('hoist serve')}`;

export const statusHelp = `
Shows up to 20 jobs of each section; --json lists all, done ones included.
${examples('hoist status', 'hoist status --to studio', 'hoist status ~/Renders/a.png')}`;

export const linksHelp = `
Oldest first.
${formatHelp}
${examples('hoist links --to studio --format markdown', "hoist links --search poster --format '{name},{link}'")}`;

export const explainHelp = examples('hoist explain ~/Renders/a.png');

/** A word of digits is an ID; a file of that name is meant with ./ before it. */
export const actionHelp = {
  retry: `
A destination that needs you goes on, too, when it or one of its jobs is named.
${examples('hoist retry 12', 'hoist retry --failed --to studio')}`,
  cancel: `
Files stay where they are, and what is up stays up. hoist retry brings a canceled job back by its ID.
${examples('hoist cancel 12', 'hoist cancel ~/Renders')}`,
  pause: `
With --to or --all, files that come later wait, too.
${examples('hoist pause 12', 'hoist pause --to studio')}`,
  resume: examples('hoist resume 12', 'hoist resume --all'),
} as const;

export const destinationsHelp = {
  all: examples('hoist destinations add rf --kind runflow', 'hoist destinations test rf'),
  add: `
The key comes from HOIST_KEY, else from a prompt, else from stdin; never from the command line. Pupload has none.
FLORA needs --workspace-id; Pupload either --project and --flow, or --flow-file.
${examples(
  'hoist destinations add studio --kind flora --workspace-id ws_… --folder shoots',
  'pass show runflow | hoist destinations add rf --kind runflow',
  'hoist destinations add local --kind pupload --project 3f0c… --flow publish',
)}`,
  list: examples('hoist destinations list'),
  test: examples('hoist destinations test studio'),
  key: `
The key comes from HOIST_KEY, else from a prompt, else from stdin. What waited for it goes on.
${examples('hoist destinations key studio')}`,
  remove: examples('hoist destinations remove studio'),
} as const;

export const foldersHelp = {
  all: `
hoist watch DIR adds one.
${examples('hoist folders list')}`,
  list: examples('hoist folders list'),
  remove: examples('hoist folders remove ~/Renders'),
  pause: examples('hoist folders pause ~/Renders'),
  resume: examples('hoist folders resume ~/Renders'),
  scan: examples('hoist folders scan ~/Renders'),
} as const;

export const demoHelp = (faults: DemoParts['demoFaults']): string => `
Faults, each NAME=VALUE (a bare NAME where VALUE is true):
${faults.map(faultLine).join('\n')}

VALUE may also be JSON with a scope: "value", and any of "dialect", "stage" (reserve, upload, complete, poll, other),
"first" (only so many requests) and "after" (let so many pass before).

Examples:
  $ hoist demo --ttl 2s --slow 100KB
  $ hoist demo --fault dropAnswer --fault status=503
  $ hoist demo --fault 'status={"value":{"status":429,"retryAfter":5},"dialect":"flora","stage":"reserve","first":3}'`;

const faultLine = ({ name, takes, does }: DemoParts['demoFaults'][number]): string =>
  `  ${name.padEnd(16)}  ${does}${takes === 'true' ? '' : ` (${takes})`}`;
