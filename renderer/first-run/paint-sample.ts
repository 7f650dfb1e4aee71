import { firstRunWords as words } from '../words/first-run.ts';

const size = { width: 480, height: 300 } as const;

/** A small picture with the time on it, so that no two are the same. PNG. */
export async function paintSample(now: Date): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = size.width;
  canvas.height = size.height;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('This browser cannot paint.');
  const sky = pen.createLinearGradient(0, 0, size.width, size.height);
  sky.addColorStop(0, '#243b7a');
  sky.addColorStop(0.5, '#7c4dff');
  sky.addColorStop(1, '#ff8a65');
  pen.fillStyle = sky;
  pen.fillRect(0, 0, size.width, size.height);
  pen.fillStyle = 'white';
  pen.font = '600 40px sans-serif';
  pen.fillText('Hello from Hoist', 36, 150);
  pen.font = '20px sans-serif';
  pen.fillText(now.toISOString(), 36, 190);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('This browser cannot make a PNG.');
  return new File([blob], words.sampleName(stampOf(now)), {
    type: 'image/png',
    lastModified: now.getTime(),
  });
}

/** "14.05.12": colons are not allowed in names everywhere. */
const stampOf = (now: Date): string => now.toISOString().slice(11, 19).replaceAll(':', '.');
