import { describe, expect, test } from 'vitest';
import { type PlacedFailure, placeFailure } from '../../../renderer/folders/save-failure.ts';
import { type Failure, failure } from '../../../shared/failure.ts';

describe('a folder that was not taken', () => {
  test.each<[Failure, PlacedFailure]>([
    [
      failure('folder-refused', 'It is inside /home/ada, which is watched already.'),
      { field: 'path', text: 'It is inside /home/ada, which is watched already.' },
    ],
    [
      failure('folder-refused'),
      {
        field: 'path',
        text: 'This folder cannot be watched. Choose a folder that holds only what should go up.',
      },
    ],
    [
      failure('invalid', 'path: This folder is watched already.'),
      { field: 'path', text: 'This folder is watched already.' },
    ],
    [
      failure('invalid', 'minBytes: is more than maxBytes; path: is bad'),
      { field: 'minSize', text: 'Is more than maxBytes' },
    ],
    [
      failure('invalid', 'after.directory: Too small: expected string to have >=1 characters'),
      { field: 'moveTo', text: 'Too small: expected string to have >=1 characters' },
    ],
    [
      failure('invalid', 'Originals can only be moved or trashed where the service confirms it.'),
      {
        field: 'after',
        text: 'Originals can only be moved or trashed where the service confirms it.',
      },
    ],
    [
      failure('invalid', 'Only the desktop app can use the trash.'),
      { field: 'after', text: 'Only the desktop app can use the trash.' },
    ],
    [
      failure('invalid', 'A watch folder needs a flow with exactly one upload edge; this one has 2.'),
      {
        field: 'destinationId',
        text: 'A watch folder needs a flow with exactly one upload edge; this one has 2.',
      },
    ],
    [failure('invalid', 'Something else.'), { field: null, text: 'Something else.' }],
    [
      failure('key-refused'),
      { field: null, text: 'The key was refused. Update the key of this destination.' },
    ],
  ])('%j', (given, placed) => expect(placeFailure(given)).toEqual(placed));
});
