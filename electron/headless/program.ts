/**
 * The command line itself: names, options, help. What they do is in commands/, one file each; what brings a server along
 * is only read where it is asked for.
 */
import { Command, CommanderError } from 'commander';
import { type ActOptions, act } from './commands/act.ts';
import {
  addDestination,
  listDestinations,
  removeDestination,
  setDestinationKey,
  testDestination,
} from './commands/destinations.ts';
import { explain } from './commands/explain.ts';
import { listFolders, pauseFolder, removeFolder, resumeFolder, scanFolder } from './commands/folders.ts';
import { type LinksOptions, links } from './commands/links.ts';
import { type RunOptions, run } from './commands/run.ts';
import type { ServeOptions } from './commands/serve.ts';
import { status } from './commands/status.ts';
import { upload } from './commands/upload.ts';
import { watch } from './commands/watch.ts';
import { type Context, createContext } from './context.ts';
import { exitCodes } from './exit-code.ts';
import * as help from './help.ts';
import type { DemoParts, Surroundings } from './surroundings.ts';

/** Collects an option that may be given several times. */
const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

const format = [
  '--format <format>',
  'link, markdown, html, id, reference, json, or a template such as "{name} {link}"',
] as const;
const json = ['--json', 'one JSON object per line on stdout'] as const;
interface JsonOption {
  readonly json?: boolean;
}
const to = ['--to <name>', 'the destination; may be left out where you have only one'] as const;
const ofDestination = ['--to <name>', 'only those of this destination'] as const;

/** Runs one command line. Answers its exit code; rejects with what went wrong in a command. */
export async function runProgram(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  let outcome: Promise<number> | null = null;
  // What can go wrong with the demo service is only known to it: its help, and no other, lists that.
  const demo = argv.includes('demo') ? await surroundings.loadDemo() : null;
  const program = createProgram(surroundings, demo, (code) => {
    outcome = code;
  });
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    throw error;
  }
  return (await outcome) ?? exitCodes.ok;
}

/** A command's words and options, as commander found them. */
type Work<O> = (context: Context, words: readonly string[], options: O) => Promise<number>;

function createProgram(
  surroundings: Surroundings,
  demo: DemoParts | null,
  finish: (code: Promise<number>) => void,
): Command {
  const program = new Command('hoist')
    .description('Brings files through an asset API and gives back their links.')
    .version(surroundings.version)
    .option('--data-dir <dir>', 'where the queue and the settings live (or HOIST_DATA_DIR)')
    .addHelpText('after', help.programHelp)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void surroundings.stdout.write(text),
      writeErr: (text) => void surroundings.stderr.write(text),
    })
    .showHelpAfterError('(hoist --help, or hoist COMMAND --help, says more.)')
    .exitOverride();

  /** The word list and the options of each command are typed by the command's own interface. */
  function bind<O>(command: Command, work: Work<O>): void {
    command.action(() => {
      const options: O & { dataDir?: string } = command.optsWithGlobals();
      finish(work(createContext(surroundings, options), command.args, options));
    });
  }
  addMainCommands(program, bind);
  addActions(program, bind);
  addDestinations(program, bind);
  addFolders(program, bind);
  addDemo(program, surroundings, demo, finish);
  return program;
}

type Bind = <O>(command: Command, work: Work<O>) => void;

function addMainCommands(program: Command, bind: Bind): void {
  bind(
    program
      .command('upload')
      .description('send files, and all files below directories, and print their links')
      .argument('[path...]', 'files and directories')
      .option(...to)
      .option(...format)
      .option('--edge <edge=file>', 'Pupload only: a file for an upload edge of one flow run', collect)
      .option('--ignore <pattern>', 'leave out below directories (gitignore syntax)', collect)
      .option('--again', 'a new upload, even of what is up already')
      .option(...json)
      .addHelpText('after', help.uploadHelp),
    upload,
  );
  bind(
    program
      .command('watch')
      .description('send what appears in a folder, now and from now on')
      .argument('<dir>', 'the folder')
      .option(...to)
      .option('--existing', 'also what is in the folder already')
      .option('--ignore <pattern>', 'leave out (gitignore syntax)', collect)
      .option(
        '--settle <time>',
        'how long a file must stay unchanged first, such as 500ms or 1m (default 2s)',
      )
      .option('--changed <rule>', 'a file that changes after its upload: ignore, or new (default)')
      .option('--after <action>', 'what becomes of the original: keep (default), or move=DIR')
      .option('--once', 'send all that is in the folder, then end; remember nothing')
      .option(...format)
      .option(...json)
      .addHelpText('after', help.watchHelp),
    watch,
  );
  bind(
    program
      .command('run')
      .description('run the queue and all watch folders until Ctrl-C')
      .option(...format)
      .option(...json)
      .addHelpText('after', help.runHelp),
    (context, _words, options: RunOptions) => run(context, options),
  );
  bind(
    program
      .command('serve')
      .description('run, and show all of it in a browser on this machine')
      .option('--port <port>', 'its port, else the one it has had')
      .option('--no-open', 'only print the address')
      .addHelpText('after', help.serveHelp),
    async (context, _words, options: ServeOptions) =>
      (await import('./commands/serve.ts')).serve(context, options),
  );
  bind(
    program
      .command('status')
      .description('what runs, what waits and why')
      .argument('[job...]', 'IDs or paths; all without')
      .option(...ofDestination)
      .option(...json)
      .addHelpText('after', help.statusHelp),
    status,
  );
  bind(
    program
      .command('links')
      .description('the links of all that is completed')
      .option(...format)
      .option(...ofDestination)
      .option('--search <text>', 'part of the file name')
      .option(...json)
      .addHelpText('after', help.linksHelp),
    (context, _words, options: LinksOptions) => links(context, options),
  );
  bind(
    program
      .command('explain')
      .description('why a path is, or is not, going up')
      .argument('<path>', 'a file, or where one was')
      .option(...json)
      .addHelpText('after', help.explainHelp),
    (context, [word = ''], options: JsonOption) => explain(context, word, options),
  );
}

function addActions(program: Command, bind: Bind): void {
  const described = {
    retry: 'try again what failed or needs you',
    cancel: 'take jobs out of the queue; their files stay',
    pause: 'stop jobs, a destination (--to) or the whole queue (--all)',
    resume: 'let paused jobs, a destination (--to) or the whole queue (--all) go on',
  } as const;
  for (const action of ['retry', 'cancel', 'pause', 'resume'] as const) {
    const command = program
      .command(action)
      .description(described[action])
      .argument('[job...]', 'IDs or paths')
      .option('--to <name>', 'all of a destination');
    // Nothing else can be done with what failed.
    if (action === 'retry') command.option('--failed', 'all that failed');
    bind(
      command
        .option('--all', 'all of the queue')
        .option(...json)
        .addHelpText('after', help.actionHelp[action]),
      (context, words, options: ActOptions) => act(action, context, words, options),
    );
  }
}

function addDestinations(program: Command, bind: Bind): void {
  const destinations = program
    .command('destinations')
    .description('where files can go')
    .addHelpText('after', help.destinationsHelp.all);
  const called = ['<name>', 'what it is called after --to'] as const;
  bind(
    destinations
      .command('add')
      .description('add a destination; its key comes from HOIST_KEY, a prompt or stdin')
      .argument(...called)
      .requiredOption('--kind <kind>', 'runflow, flora, cyberun or pupload (required)')
      .option('--base-url <url>', 'where its API is, if not where the service says')
      .option('--lanes <count>', 'transfers at once, 1 to 16 (default 4)')
      .option('--workspace-id <id>', 'FLORA: the workspace, ws_… (required)')
      .option('--folder <name>', 'FLORA: the folder in the workspace')
      .option('--project-id <id>', 'FLORA: attach to this project, prj_…')
      .option('--folder-id <id>', 'Runflow: the folder')
      .option('--organization-id <id>', 'Runflow: the organization')
      .option('--team-id <id>', 'Cyberun: the team, for a user token')
      .option('--max-size <size>', "Cyberun: the server's own limit (default 500MB)")
      .option('--project <uuid>', 'Pupload: the project of a saved flow')
      .option('--flow <name>', 'Pupload: the saved flow')
      .option('--flow-file <file>', 'Pupload: a flow file instead of a saved flow')
      .option('--edge <edge>', 'Pupload: the upload edge for single files')
      .addHelpText('after', help.destinationsHelp.add),
    (context, [name = ''], options: Parameters<typeof addDestination>[2]) =>
      addDestination(context, name, options),
  );
  bind(
    destinations
      .command('list')
      .description('list all destinations, and what holds them')
      .option(...json)
      .addHelpText('after', help.destinationsHelp.list),
    (context, _words, options: JsonOption) => listDestinations(context, options),
  );
  bind(
    destinations
      .command('test')
      .description('prove what can be proven about key, account and options of a destination')
      .argument(...called)
      .option(...json)
      .addHelpText('after', help.destinationsHelp.test),
    (context, [name = ''], options: JsonOption) => testDestination(context, name, options),
  );
  bind(
    destinations
      .command('key')
      .description('give a destination a new key')
      .argument(...called)
      .addHelpText('after', help.destinationsHelp.key),
    (context, [name = '']) => setDestinationKey(context, name),
  );
  bind(
    destinations
      .command('remove')
      .description('forget a destination and its key')
      .argument(...called)
      .addHelpText('after', help.destinationsHelp.remove),
    (context, [name = '']) => removeDestination(context, name),
  );
}

function addFolders(program: Command, bind: Bind): void {
  const folders = program
    .command('folders')
    .description('the watch folders that are remembered')
    .addHelpText('after', help.foldersHelp.all);
  bind(
    folders
      .command('list')
      .description('list all watch folders, and how they are')
      .option(...json)
      .addHelpText('after', help.foldersHelp.list),
    (context, _words, options: JsonOption) => listFolders(context, options),
  );
  const changes = [
    ['remove', 'watch a folder no more; its files stay', removeFolder],
    ['pause', 'send nothing of a folder for now', pauseFolder],
    ['resume', 'watch a paused folder again', resumeFolder],
    ['scan', 'look at all of a folder now', scanFolder],
  ] as const;
  for (const [name, description, work] of changes) {
    bind(
      folders
        .command(name)
        .description(description)
        .argument('<dir>', 'a watch folder')
        .addHelpText('after', help.foldersHelp[name]),
      (context, [word = '']) => work(context, word),
    );
  }
}

function addDemo(
  program: Command,
  surroundings: Surroundings,
  demo: DemoParts | null,
  finish: (code: Promise<number>) => void,
): void {
  const command = program
    .command('demo')
    .description('run the built-in demo service alone, with faults if you like')
    .option('--port <port>', 'its port; else the one it has had')
    .option('--ttl <time>', 'how long upload links live')
    .option('--slow <size>', 'read bodies at so many bytes a second')
    .option('--latency <time>', 'wait before every answer')
    .option('--drop-after <size>', 'break the connection after so many bytes of a body')
    .option('--status <code>', 'answer this to everything: 400 to 599')
    .option('--skew <time>', "how far the service's clock is ahead; behind with a minus")
    .option('--fault <name=value>', 'any fault by its name, as often as you like', collect)
    .option('--clock-scale <factor>', "make the service's own waits pass faster")
    .option('--count', 'count and hash what arrives, without keeping it')
    .addHelpText('after', help.demoHelp(demo?.demoFaults ?? []));
  const run = async () => (await import('./commands/demo.ts')).demo(surroundings, command.optsWithGlobals());
  command.action(() => finish(run()));
}
