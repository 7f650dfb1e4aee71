/** What the main process itself says about windows. */
import type { MessageBoxOptions } from 'electron';

export const brokenPage = {
  message: 'The window of Hoist stopped working twice',
  detail: 'It was closed. The queue goes on, and nothing is lost. Start Hoist again to open another window.',
} as const;

/** The button that says yes to `folderQuestion`. */
export const takeFolders = 0;
/** More would not fit on a small screen. */
const mostListed = 8;

export function folderQuestion(paths: readonly string[]): MessageBoxOptions {
  const isOne = paths.length === 1;
  const more = paths.length - mostListed;
  const list = [...paths.slice(0, mostListed), ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
  return {
    type: 'question',
    message: isOne ? 'Use this folder?' : `Use these ${paths.length} folders?`,
    detail: `${list}\n\nThe files of a watch folder are uploaded, and can be moved afterwards. ${isOne ? 'This path was' : 'These paths were'} typed or came with a settings file, so Hoist makes sure that you want ${isOne ? 'it' : 'them'}.`,
    buttons: [isOne ? 'Use the folder' : 'Use the folders', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
}

export const folderRefusal = 'You chose not to use this folder.';
