import { stepWords } from './steps.ts';

/** The first run: from nothing to a first link, or to a watched folder. */
export const firstRunWords = {
  title: 'Where should your files go?',
  text: 'Hoist watches folders, uploads what lands in them, and hands you the links.',
  demoTitle: 'No account yet? Try the demo service.',
  demoText:
    'It runs on this computer, sends nothing anywhere else, and answers like each of the four services.',
  demoButton: 'Try it now',
  skip: 'Skip setup',
  steps: ['Service', 'Key', 'Folder', 'Done'],
  stepOf: (step: number, name: string) => `Step ${step} of 4: ${name}`,

  keyTitle: (service: string) => `Connect ${service}`,
  back: 'Back',
  next: 'Continue',
  refused: 'It could not be saved',

  folderTitle: 'Which folder should Hoist watch?',
  folderMoreTitle: 'Watch another folder?',
  folderText: 'Whatever is written into it is uploaded when it is complete. You can add more later.',
  chooseFolder: 'Watch a folder…',
  chooseAnother: 'Watch another folder…',
  withoutFolder: 'Without a folder',
  watching: (path: string) => `Watching ${path}`,
  notWatching: (path: string, state: string) => `${path}: ${state.toLowerCase()}`,

  doneTitle: 'Ready',
  doneText: (name: string, isWatching: boolean) =>
    isWatching
      ? `New files go to ${name}. Drop some on the window, or save them in a watched folder.`
      : `New files go to ${name}. Drop some on the window.`,
  sample: 'Send a sample picture',
  finish: 'Show my uploads',

  trialTitle: 'A picture is on its way',
  trialDone: 'Your first link',
  trialText: 'Hoist painted a small picture and sends it as it would any file: reserve, send, confirm.',
  trialDoneText:
    'The picture went all the way, and is in the list. A link of the demo service opens on this computer only.',
  trialFailed: 'It did not work',
  copyLink: 'Copy link',
  copied: 'Copied',
  sampleName: (stamp: string) => `Hello from Hoist ${stamp}.png`,
  stages: stepWords,
} as const;
