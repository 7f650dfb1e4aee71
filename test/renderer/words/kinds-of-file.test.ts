import { expect, test } from 'vitest';
import { kindOfFile, kindsOfFile } from '../../../renderer/words/kinds-of-file.ts';

test.for<readonly [name: string, mimeType: string, kind: string]>([
  ['hero.png', 'image/png', 'PNG image'],
  ['hero.jpg', 'image/jpeg', 'JPEG image'],
  ['hero.JPG', 'IMAGE/JPEG', 'JPEG image'],
  ['shot.webp', 'image/webp', 'WebP image'],
  ['scan.tiff', 'image/tiff', 'TIFF image'],
  ['render.exr', 'image/x-exr', 'EXR image'],
  ['', 'image/x-exr', 'EXR image'],
  ['poster.psd', 'image/vnd.adobe.photoshop', 'Photoshop file'],
  ['cut.mp4', 'video/mp4', 'MP4 video'],
  ['cut.mov', 'video/quicktime', 'QuickTime video'],
  ['song.mp3', 'audio/mpeg', 'MP3 audio file'],
  ['notes.txt', 'text/plain; charset=utf-8', 'Text file'],
  ['table.csv', 'text/csv', 'CSV file'],
  ['', 'application/postscript', 'PostScript file'],
  ['logo.ai', 'application/postscript', 'PostScript file'],
  ['set.zip', 'application/zip', 'ZIP archive'],
  ['chair.glb', 'model/gltf-binary', 'GLB 3D model'],
  ['scene.blend', 'application/octet-stream', 'BLEND file'],
  ['scene.blend', '', 'BLEND file'],
  ['scene', 'application/x-blender', 'Blender file'],
  ['a.b', 'application/constructor', 'B file'],
  ['', 'constructor', 'File'],
  ['README', 'application/octet-stream', 'Unknown file'],
  ['.profile', '', 'Unknown file'],
  ['', '', 'Unknown file'],
])('%s of type "%s" is a "%s"', ([name, mimeType, kind]) => {
  expect(kindOfFile(name, mimeType)).toBe(kind);
});

test('all of a kind are told with an s', () => {
  expect(kindsOfFile('', 'application/postscript')).toBe('PostScript files');
  expect(kindsOfFile('chair.glb', 'model/gltf-binary')).toBe('GLB 3D models');
});
