import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aboutText, clockText, partText, sizeText } from '../../electron/headless/show/amounts.ts';
import {
  drawFrame,
  type FrameFile,
  type FrameModel,
  type FrameStyle,
  summaryText,
} from '../../electron/headless/show/frame.ts';
import { cutMiddle, safeLine, safeLines, widthOf } from '../../electron/headless/show/safe-text.ts';
import { createSpeedMeter } from '../../electron/headless/show/speed-meter.ts';

const plain: FrameStyle = { columns: 100, rows: 24, isUnicode: true, paint: (_style, text) => text };

const file = (patch: Partial<FrameFile> = {}): FrameFile => ({
  name: 'holiday.mov',
  state: 'uploading',
  bytesSent: 310_000_000,
  bytesTotal: 500_000_000,
  bytesPerSecond: 6_100_000,
  ...patch,
});

const model: FrameModel = {
  files: [
    file(),
    file({
      name: 'ein sehr langer Name, der in der Mitte gekürzt wird – Fassung 3.tif',
      bytesSent: 12_000_000,
    }),
    file({ name: '写真と動画のまとめ.zip', bytesSent: 0, bytesPerSecond: null, state: 'reserving' }),
    file({ name: 'evil\u001b[2J\u202egnp.exe', state: 'processing' }),
  ],
  remarks: ['demo-flora: The service asks us to slow down. Continues in 12 s.'],
  summary: '14 of 60 · 1.2 of 4.8 GB · 6.1 MB/s · about 10 min',
};

test('draws a wide terminal', () => {
  expect(drawFrame(model, plain)).toMatchInlineSnapshot(`
    [
      "holiday.mov                            ████████████▍░░░░░░░   62 %    6.1 MB/s     0:31  Sending",
      "ein sehr langer Na…rd – Fassung 3.tif  ▌░░░░░░░░░░░░░░░░░░░    2 %    6.1 MB/s     1:20  Sending",
      "写真と動画のまとめ.zip                 ░░░░░░░░░░░░░░░░░░░░    0 %                       Reserving",
      "evil�[2J�gnp.exe                       ████████████████████  100 %                       Processing",
      "demo-flora: The service asks us to slow down. Continues in 12 s.",
      "14 of 60 · 1.2 of 4.8 GB · 6.1 MB/s · about 10 min",
    ]
  `);
});

test('draws a narrow one', () => {
  expect(drawFrame(model, { ...plain, columns: 60 })).toMatchInlineSnapshot(`
    [
      "holiday.mov           ███████████▏░░░░░░   62 %  Sending",
      "ein sehr l…ung 3.tif  ▍░░░░░░░░░░░░░░░░░    2 %  Sending",
      "写真と動画…とめ.zip   ░░░░░░░░░░░░░░░░░░    0 %  Reserving",
      "evil�[2J�gnp.exe      ██████████████████  100 %  Processing",
      "demo-flora: The service asks us to slow down. Continues in…",
      "14 of 60 · 1.2 of 4.8 GB · 6.1 MB/s · about 10 min",
    ]
  `);
});

test('with all its numbers, a line has a bar as soon as a name can spare it', () => {
  const short = { ...model, files: [file({ name: 'c.bin' })] };
  const draw = (columns: number) => drawFrame(short, { ...plain, columns })[0];
  for (let columns = 67; columns < 120; columns += 1)
    expect(draw(columns)).toMatch(/█[▏▎▍▌▋▊▉]?░+ {3}62 % .* 0:31 /);
  expect(draw(70)).toMatchInlineSnapshot(
    `"c.bin               █████▋░░░   62 %    6.1 MB/s     0:31  Sending"`,
  );
});

test('draws a very narrow one', () => {
  expect(drawFrame(model, { ...plain, columns: 30 })).toMatchInlineSnapshot(`
    [
      "holiday.mov              62 %",
      "ein sehr la…sung 3.tif    2 %",
      "写真と動画のまとめ.zip    0 %",
      "evil�[2J�gnp.exe        100 %",
      "demo-flora: The service asks…",
      "14 of 60 · 1.2 of 4.8 GB · 6…",
    ]
  `);
});

test('draws without Unicode', () => {
  expect(drawFrame({ ...model, files: [file()] }, { ...plain, isUnicode: false })[0]).toMatchInlineSnapshot(
    `"holiday.mov                            [###########.......]   62 %    6.1 MB/s     0:31  Sending"`,
  );
});

test('says how many do not fit', () => {
  const files = Array.from({ length: 16 }, (_, index) => file({ name: `${index}.bin` }));
  const lines = drawFrame({ ...model, files }, { ...plain, rows: 10 });
  expect(lines.length).toBeLessThanOrEqual(9);
  expect(lines.find((line) => line.includes('more'))).toBe('… and 10 more');
});

test('is 99 % until the store has said that it has everything', () => {
  const percent = (patch: Partial<FrameFile>) =>
    /(\d+) %/.exec(drawFrame({ ...model, files: [file(patch)] }, plain)[0] ?? '')?.[1];
  expect(percent({ bytesSent: 500_000_000 })).toBe('99');
  expect(percent({ bytesSent: 0, state: 'completing' })).toBe('100');
  expect(percent({ bytesSent: 0, bytesTotal: 0 })).toBe('0');
});

test('no line is ever wider than its terminal, and nothing in it is obeyed', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 21, max: 200 }),
      fc.boolean(),
      (name, columns, isUnicode) => {
        for (const line of drawFrame(
          { ...model, files: [file({ name })], remarks: [name], summary: name },
          { ...plain, columns, isUnicode },
        )) {
          expect(widthOf(line)).toBeLessThan(columns);
          expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        }
      },
    ),
  );
});

test.each([
  ['abcdefghij', 10, 'abcdefghij'],
  ['abcdefghij', 5, 'ab…ij'],
  ['写真写真写真', 7, '写真…真'],
  ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 5, '👨‍👩‍👧‍👦…👨‍👩‍👧‍👦'],
  ['abc', 1, '…'],
  ['abc', 0, ''],
])('cuts %s to %d columns', (text, columns, expected) => {
  expect(cutMiddle(text, columns)).toBe(expected);
});

test('shows controls instead of obeying them, and keeps the lines of a template', () => {
  expect(safeLine('a\u001b[31mb\nc\u009b1md\u202ee')).toBe('a�[31mb�c�1md�e');
  expect(safeLines('a\n\tb\u0007')).toBe('a\n\tb�');
});

test.each([
  [1_200_000_000, 4_800_000_000, '1.2 of 4.8 GB'],
  [12_000_000, 4_800_000_000, '12 MB of 4.8 GB'],
  [0, 0, '0 of 0 B'],
])('%d of %d bytes', (part, whole, expected) => expect(partText(part, whole)).toBe(expected));

test.each([
  [12_000, '0:12'],
  [723_000, '12:03'],
  [7_500_000, '2:05:00'],
])('%d ms on a clock', (ms, expected) => expect(clockText(ms)).toBe(expected));

test.each([
  [20_000, 'less than a minute'],
  [540_000, 'about 9 min'],
  [10_800_000, 'about 3 h'],
  [259_200_000, 'about 3 days'],
])('%d ms, about', (ms, expected) => expect(aboutText(ms)).toBe(expected));

test('the summary leaves out what is not known', () => {
  const summary = {
    ended: 14,
    all: 60,
    bytesDone: 1.2e9,
    bytesTotal: 4.8e9,
    bytesPerSecond: 6.1e6,
    remarks: [],
  };
  expect(summaryText(summary)).toBe('14 of 60 · 1.2 of 4.8 GB · 6.1 MB/s · about 10 min');
  expect(summaryText({ ...summary, bytesPerSecond: null, remarks: ['2 failed'] })).toBe(
    '14 of 60 · 1.2 of 4.8 GB · 2 failed',
  );
});

test('sizes are decimal, with one digit behind the point', () => {
  expect([0, 999, 1080, 4_812_345_678].map(sizeText)).toEqual(['0 B', '999 B', '1 kB', '4.8 GB']);
});

test('the speed is known after three seconds, and follows within eight', () => {
  const meter = createSpeedMeter();
  meter.add(0, 0);
  meter.add(2000, 2_000_000);
  expect(meter.bytesPerSecond()).toBeNull();
  meter.add(4000, 4_000_000);
  expect(meter.bytesPerSecond()).toBe(1_000_000);
  for (let at = 5000; at <= 14_000; at += 1000) meter.add(at, 4_000_000);
  expect(meter.bytesPerSecond()).toBe(0);
});
