/** Titles of commands, in the palette and in the key overview. */
export const commandWords = {
  goUploads: 'Uploads',
  goLinks: 'Links',
  goFolders: 'Watch folders',
  goDestinations: 'Destinations',
  goSettings: 'Settings',
  addFolder: 'Watch a folder…',
  addDestination: 'Add a destination…',
  pauseAll: 'Pause everything',
  resumeAll: 'Resume everything',
  retryAllFailed: 'Try all failed files again',
  palette: 'Find a command…',
  keys: 'Show all keys',
} as const;

export const paletteWords = {
  title: 'Find a command, a file or a place',
  placeholder: 'What do you want to do?',
  nothing: 'Nothing is called that.',
  recent: 'Lately',
  places: 'Places',
  files: 'Files',
} as const;

export const overviewWords = {
  title: 'Keys',
  text: 'All commands are in the palette, too.',
  search: 'Search',
  nothing: 'No key does that.',
  inLists: 'In lists',
  listKeys: [
    { title: 'Move', keys: ['↑', '↓'] },
    { title: 'Extend the selection', keys: ['Shift+↑', 'Shift+↓'] },
    { title: 'Open the link', keys: ['Enter'] },
    { title: 'First, last', keys: ['Home', 'End'] },
  ],
} as const;
