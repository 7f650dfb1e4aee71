/** What people call a kind of file, from what a computer calls it. */

/** Subtypes that are called something else than their letters, or are something else than their family says. */
const known: Readonly<Record<string, string>> = {
  'image/jpeg': 'JPEG image',
  'image/webp': 'WebP image',
  'image/svg+xml': 'SVG image',
  'image/vnd.microsoft.icon': 'Windows icon',
  'image/x-icon': 'Windows icon',
  'image/vnd.adobe.photoshop': 'Photoshop file',
  'image/x-adobe-dng': 'DNG image',
  'video/quicktime': 'QuickTime video',
  'video/webm': 'WebM video',
  'video/x-matroska': 'Matroska video',
  'video/x-msvideo': 'AVI video',
  'audio/mpeg': 'MP3 audio file',
  'audio/mp4': 'AAC audio file',
  'audio/x-wav': 'WAV audio file',
  'text/plain': 'text file',
  'text/javascript': 'JavaScript file',
  'text/markdown': 'Markdown file',
  'text/html': 'web page',
  'text/calendar': 'calendar file',
  'application/pdf': 'PDF document',
  'application/postscript': 'PostScript file',
  'application/illustrator': 'Illustrator file',
  'application/rtf': 'RTF document',
  'application/msword': 'Word document',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word document',
  'application/vnd.ms-excel': 'Excel document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel document',
  'application/vnd.ms-powerpoint': 'PowerPoint document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PowerPoint document',
  'application/vnd.oasis.opendocument.text': 'OpenDocument text',
  'application/vnd.oasis.opendocument.spreadsheet': 'OpenDocument table',
  'application/zip': 'ZIP archive',
  'application/x-zip-compressed': 'ZIP archive',
  'application/x-tar': 'TAR archive',
  'application/gzip': 'GZIP archive',
  'application/x-7z-compressed': '7z archive',
  'application/vnd.rar': 'RAR archive',
  'application/json': 'JSON file',
  'application/xml': 'XML file',
  'application/x-msdownload': 'Windows program',
  'application/x-msdos-program': 'Windows program',
  'application/x-ms-dos-executable': 'Windows program',
  'application/vnd.microsoft.portable-executable': 'Windows program',
  'application/mp4': 'MP4 video',
  'application/ogg': 'OGG audio file',
};

const families: Readonly<Record<string, string>> = {
  image: 'image',
  video: 'video',
  audio: 'audio file',
  font: 'font',
  text: 'file',
  model: '3D model',
  application: 'file',
};

/** What a program says that knows nothing of it. */
const saysNothing = new Set([
  '',
  'application/octet-stream',
  'application/x-download',
  'binary/octet-stream',
]);

/**
 * "PNG image", "MP4 video", "PostScript file": of one file, as it stands alone. `name` may be empty, as while a file is
 * still dragged; `mimeType` too, where nobody knows it.
 */
export function kindOfFile(name: string, mimeType: string): string {
  const kind = nounOf(name, mimeType);
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}

/** "PNG images", "PostScript files": all of that kind. */
export const kindsOfFile = (name: string, mimeType: string): string => `${kindOfFile(name, mimeType)}s`;

function nounOf(name: string, mimeType: string): string {
  const type = (mimeType.split(';')[0] ?? '').trim().toLowerCase();
  const letters = extensionOf(name);
  if (saysNothing.has(type)) return letters === '' ? 'unknown file' : `${letters} file`;
  const word = Object.hasOwn(known, type) ? known[type] : undefined;
  if (word !== undefined) return word;
  const [family = '', subtype = ''] = type.split('/');
  const noun = Object.hasOwn(families, family) ? families[family] : 'file';
  return [letters || readable(subtype), noun].filter((part) => part !== '').join(' ');
}

/** "EXR": the end of a name, where it can be the name of a kind. */
const extensionOf = (name: string): string => /[^.]\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toUpperCase() ?? '';

/** "x-exr" is "EXR", "vnd.dxf" is "DXF", "x-blender" is "Blender". */
function readable(subtype: string): string {
  const word = subtype.replace(/^(?:x-|vnd\.|prs\.)+/, '').replace(/\+\w+$/, '');
  return word.length <= 5 ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1);
}
