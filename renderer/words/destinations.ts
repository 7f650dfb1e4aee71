import type { ProviderKind } from '#shared/destination.ts';
import { counted, plural, wholeNumber } from './plural.ts';

/** Destinations: the page, the dialog, and what each service asks for. */
export const destinationWords = {
  title: 'Destinations',
  add: 'Add a destination',
  own: 'Yours',
  demo: 'Demo service',
  demoText:
    'It stands in for a real service, so that you can try Hoist without an account. Files stay on this computer.',
  empty: 'No account yet',
  emptyText: 'Add the service that your files should go to. Until then the demo service takes them.',
  isDefault: 'Default',
  makeDefault: 'Make it the default',
  test: 'Test',
  testing: 'Testing…',
  edit: 'Edit',
  pause: 'Pause',
  resume: 'Resume',
  goOn: 'Go on',
  updateKey: 'Update the key',
  remove: 'Remove',
  removed: (name: string) => `${name} was removed`,
  removedText: (left: number) =>
    left === 0
      ? 'What was uploaded stays with the service.'
      : `${counted(left, 'file')} for it will wait until you add it again. What was uploaded stays with the service.`,
  /** Not "ready": that is what its files are called. */
  working: 'Available',
  paused: 'Paused',
  needsYou: 'Needs you',
  held: 'Waiting',
  noKey: 'No key yet',
  // Both invisible signs keep a line from ending within it.
  key: (ending: string) => `key\u00a0…\u2060${ending}`,
  keySet: 'key is set',
  lanes: (count: number) => `${counted(count, 'file')} at once`.replaceAll(' ', '\u00a0'),
  // These stand in one line, and the first of them says that they count files.
  open: (count: number) => `${counted(count, 'file')} to go`,
  done: (count: number) => `${wholeNumber(count)} done`,
  needYou: (count: number) => `${wholeNumber(count)} ${plural(count, { one: 'needs', other: 'need' })} you`,
  failed: (count: number) => `${wholeNumber(count)} failed`,
  nextIn: (rest: string) => `Its files go on in ${rest}.`,
  heldUntil: (time: string) => `Held until ${time}, and goes on then.`,
  triedAt: (time: string) => `Hoist tries again at ${time}.`,
  triedIn: (rest: string) => `Hoist tries again in ${rest}.`,

  chooseTitle: 'Where should your files go?',
  newTitle: (service: string) => `Add ${service}`,
  editTitle: (name: string) => `Edit ${name}`,
  back: 'Back',
  save: 'Save',
  addIt: 'Add it',
  untested: 'It has not been tested.',
  saved: (name: string) => `${name} is saved`,
  advanced: 'Advanced',
  required: 'Needed',
  optional: 'optional',
  name: 'Name',
  nameHint: 'Its name here and on the command line.',
  sizeWrong: 'Write a size such as 500 MB.',
  nameTaken: 'Another destination has this name already.',
  baseUrl: 'Address of the API',
  lanesField: 'Files at once',
  lanesHint: 'Hoist takes fewer by itself when the service asks it to slow down.',
  keyField: 'API key',
  keyHint: 'It is stored sealed, sent to the API only, and never shown again.',
  keyKept: (ending: string | null) =>
    ending === null
      ? 'The key is kept. Type here to replace it.'
      : `The key that ends in ${ending} is kept. Type here to replace it.`,
  keyNeeded: 'Enter the key to test and use it.',
  testPassed: 'It works',
  testFailed: 'The test failed',
  /** As a sentence beside the button that saves. */
  testFailedNote: 'The test failed.',
  testIdle: 'Fill in what is needed, then test it with the service.',
  testReady: 'The test asks the service and uploads nothing.',
  testAgain: 'Test again',

  kinds: {
    runflow: {
      name: 'Runflow',
      text: 'Images and short videos up to 52.4\u00a0MB. Gives an asset URL and id.',
      key: 'In Runflow: Settings, API keys.',
    },
    flora: {
      name: 'FLORA',
      text: 'Puts files into your workspace. Gives a long\u2011lived URL.',
      key: 'In FLORA: Workspace settings, API.',
    },
    cyberun: {
      name: 'Cyberun',
      text: 'Workflow inputs up to 500\u00a0MB. Gives a file key that lives one day.',
      key: 'A key that starts with sk- or dk-, or a token of your login.',
    },
    pupload: {
      name: 'Pupload',
      text: 'Your own server. Feeds a flow run, and gives the address of its status.',
      key: '',
    },
  } satisfies Record<ProviderKind, { name: string; text: string; key: string }>,

  fields: {
    folderId: { label: 'Folder id', hint: 'Files go into this folder of the library. Empty: its top level.' },
    organizationId: { label: 'Organization id', hint: 'Only if your key is for several organizations.' },
    workspaceId: {
      label: 'Workspace id',
      hint: 'It starts with ws_ and is part of the address of the workspace.',
    },
    folder: { label: 'Folder', hint: 'Its name; FLORA creates it if there is none.' },
    projectId: { label: 'Project id', hint: 'It starts with prj_. Each asset is attached to this project.' },
    teamId: { label: 'Team id', hint: 'Only with a token of your login; keys know their team.' },
    maxSizeBytes: {
      label: 'Largest file',
      hint: '500 MB, unless the operator of the service changed it.',
    },
    flowProject: { label: 'Project id', hint: 'The UUID of the project that holds the flow.' },
    flowName: { label: 'Flow', hint: 'The name of a flow that is saved on the server.' },
    flowFile: { label: 'Flow file', hint: 'Or the path of a flow in a JSON file on this computer.' },
    edge: { label: 'Upload edge', hint: 'Where single files go, if the flow has several inputs.' },
  },
} as const;
