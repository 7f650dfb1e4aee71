/** Titles of commands, in the palette and in the key overview. */
export const commandWords = {
  goUploads: 'Uploads',
  goLinks: 'Links',
  goFolders: 'Watch folders',
  goDestinations: 'Destinations',
  goSettings: 'Settings',
  addFiles: 'Add files…',
  addFilesOfFolder: 'Add the files of a folder…',
  copyToday: 'Copy all of today’s links',
  addFolder: 'Watch a folder…',
  addDestination: 'Add a destination…',
  pauseAll: 'Pause all uploads',
  resumeAll: 'Resume all uploads',
  retryAllFailed: 'Retry all failed files',
  palette: 'Find a command…',
  keys: 'Keyboard shortcuts',
} as const;

export const paletteWords = {
  title: 'Find a command, a file or a place',
  placeholder: 'What do you want to do?',
  nothing: 'Nothing has that name.',
  recent: 'Recent',
  places: 'Places',
  files: 'Files',
} as const;

export const overviewWords = {
  title: 'Keyboard shortcuts',
  text: (keys: string) => `Every command can be found by its name, too: press ${keys}.`,
  search: 'Search',
  nothing: 'No shortcut does that.',
  /** What the same key does at other times. */
  byTurns: (first: string, others: readonly string[]) =>
    [first, ...others.map((other) => `or ${other.charAt(0).toLowerCase()}${other.slice(1)}`)].join(', '),
  inLists: 'In lists',
  /** Of the browser, or of the system that hands it on. */
  pasteKeys: [{ title: 'Add the files or the picture from the clipboard', keys: ['Mod+V'] }],
  listKeys: [
    { title: 'Move', keys: ['↑', '↓'] },
    { title: 'Extend the selection', keys: ['Shift+↑', 'Shift+↓'] },
    { title: 'First, last', keys: ['Home', 'End'] },
    { title: 'Everything that can be done with a row', keys: ['Shift+F10'] },
    { title: 'Retry with options', keys: ['Alt+Click'] },
    { title: 'Select all', keys: ['Mod+A'] },
    { title: 'Clear the selection', keys: ['Escape'] },
    { title: 'Search', keys: ['Mod+F'] },
    { title: 'Show the details', keys: ['Space'] },
    { title: 'Open the link', keys: ['Enter'] },
    { title: 'Show the file in its folder', keys: ['Mod+Enter'] },
    { title: 'Copy link', keys: ['Mod+C'] },
    { title: 'Copy link as…', keys: ['Mod+Shift+C'] },
    { title: 'Remove from list', keys: ['Delete'] },
  ],
} as const;
