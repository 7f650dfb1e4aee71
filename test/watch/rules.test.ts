import { expect, test } from 'vitest';
import { builtInIgnore } from '../../electron/watch/built-in-ignore.ts';
import { classify } from '../../electron/watch/classify.ts';
import { degradationBy } from '../../electron/watch/degradation.ts';
import { kindOfType, typeByMounts } from '../../electron/watch/file-systems.ts';
import { compileRules } from '../../electron/watch/ignore-rules.ts';
import { MissedEvents } from '../../electron/watch/missed-events.ts';
import { noHints } from '../../electron/watch/protocol.ts';
import { refusalOf } from '../../electron/watch/refusal.ts';
import { offlineRetryMs, scanIntervalMs } from '../../electron/watch/scan-interval.ts';
import { isRelapse, waitFor } from '../../electron/watch/settling.ts';

const plain = { ignore: [], minBytes: null, maxBytes: null, leftOut: [] };

const examples: Record<string, string> = {
  '*.part': 'film.mp4.part',
  '*.partial': 'film.partial',
  '*.filepart': 'film.mp4.filepart',
  '*.crdownload': 'film.mp4.crdownload',
  '*.opdownload': 'film.opdownload',
  '*.download': 'film.download',
  '*.aria2': 'film.mp4.aria2',
  '*.!ut': 'film.mp4.!ut',
  '*.!qB': 'film.mp4.!qB',
  '*.crswap': 'picture.png.crswap',
  '*.tmp': 'Picture.TMP',
  '*~': 'text.txt~',
  '~$*': '~$letter.docx',
  '.~lock.*': '.~lock.letter.odt#',
  '.*.sw?': '.text.txt.swp',
  '.*.kate-swp': '.text.txt.kate-swp',
  '.goutputstream-*': '.goutputstream-ABC123',
  '._*': '._picture.jpg',
  '.DS_Store': '.DS_Store',
  '.Spotlight-V100': '.Spotlight-V100/store.db',
  '.fseventsd': '.fseventsd/0000',
  '.TemporaryItems': '.TemporaryItems/x',
  '.Trash*': '.Trash-1000/files/a.jpg',
  '$RECYCLE.BIN': '$RECYCLE.BIN/a.jpg',
  'System Volume Information': 'System Volume Information/x',
  'Thumbs.db': 'thumbs.db',
  'ehthumbs.db': 'ehthumbs.db',
  'desktop.ini': 'Desktop.ini',
  '@eaDir': '@eaDir/a.jpg/thumb.jpg',
  '.fcpcache': 'project.fcpbundle/.fcpcache/x',
  '.fuse_hidden*': '.fuse_hidden0001',
  '.nfs*': '.nfs0000001',
  '.ssh': 'backup/.ssh/id_ed25519',
  '.gnupg': '.gnupg/secring.gpg',
};

test('each built-in rule has an example', () => {
  expect(Object.keys(examples)).toEqual(builtInIgnore.map(({ pattern }) => pattern));
});

test.each(builtInIgnore)('$pattern is ignored and told: $reason', ({ pattern, reason }) => {
  const path = examples[pattern] ?? '';
  expect(compileRules(plain).ofPath(path, 1)).toBe(`${pattern} (${reason})`);
  expect(compileRules(plain).ofPath(`deep/er/${path}`, 1)).toBe(`${pattern} (${reason})`);
});

test.each([
  'part.jpg',
  'a.part.jpg',
  'tmp/a.jpg',
  'a~b.txt',
  '.hidden',
  'a.swp.jpg',
  '$a.docx',
  'Thumbs.dbx',
  '..foo',
  'nfs',
  'partial/a.jpg',
])('%s is not ignored', (path) => {
  expect(compileRules(plain).ofPath(path, 1)).toBeNull();
});

test('own rules are gitignore rules and come after the built-in ones', () => {
  const rules = compileRules({
    ...plain,
    ignore: ['drafts/', '*.mov', '!keep.mov', '!*.tmp', '/top.jpg', '# a remark', 'a/**/z.txt'],
    minBytes: 10,
    maxBytes: 1024,
    leftOut: [{ directory: 'sent', reason: 'moved' }],
  });
  const cases: [string, number, string | null][] = [
    ['drafts/a.jpg', 100, 'drafts/ (a rule of this folder)'],
    ['deep/drafts/a.jpg', 100, 'drafts/ (a rule of this folder)'],
    ['drafts', 100, null],
    ['film.mov', 100, '*.mov (a rule of this folder)'],
    ['film.MOV', 100, '*.mov (a rule of this folder)'],
    ['keep.mov', 100, null],
    ['drafts/keep.mov', 100, 'drafts/ (a rule of this folder)'],
    ['a.tmp', 100, null],
    ['a.part', 100, '*.part (an unfinished download)'],
    ['top.jpg', 100, '/top.jpg (a rule of this folder)'],
    ['sub/top.jpg', 100, null],
    ['a/b/c/z.txt', 100, 'a/**/z.txt (a rule of this folder)'],
    ['small.jpg', 9, 'smaller than 10 B'],
    ['fits.jpg', 10, null],
    ['fits.jpg', 1024, null],
    ['large.jpg', 1025, 'larger than 1.0 kB'],
    ['sent/a.jpg', 100, 'moved'],
    ['unsent/a.jpg', 100, null],
  ];
  for (const [path, size, rule] of cases) expect([path, rules.ofPath(path, size)]).toEqual([path, rule]);
});

test.each<[string, readonly string[], string, string | null]>([
  ['kinds in all subfolders', ['*', '!*/', '!*.jpg'], 'notes.txt', 'the rules take only JPG files'],
  ['kinds in all subfolders', ['*', '!*/', '!*.jpg'], 'sub/notes.txt', 'the rules take only JPG files'],
  ['kinds in all subfolders', ['*', '!*/', '!*.jpg'], 'sub/shot.jpg', null],
  ['kinds with a remark', ['# for the web', '*', '!*.jpg'], 'notes.txt', 'the rules take only JPG files'],
  ['two kinds', ['*', '!*.jpg', '!*.png'], 'notes.txt', 'the rules take only JPG and PNG files'],
  [
    'three kinds',
    ['*', '!*.jpg', '!*.png', '!*.gif'],
    'notes.txt',
    'the rules take only JPG, PNG and GIF files',
  ],
  [
    'many kinds',
    ['*', '!*.jpg', '!*.png', '!*.gif', '!*.webp'],
    'notes.txt',
    'the rules take only JPG, PNG and 2 more kinds',
  ],
  [
    'kinds right in the folder',
    ['*', '!*.jpg'],
    'sub/shot.jpg',
    'in a subfolder, and only files directly in the folder were chosen',
  ],
  // Nobody chose a kind here: the rule itself is told.
  ['a bare *', ['*'], 'notes.txt', '* (a rule of this folder)'],
  ['a bare *', ['*'], 'sub/notes.txt', '* (a rule of this folder)'],
  ['a folder and no kind', ['*', '!keep/', '!keep/**'], 'notes.txt', '* (a rule of this folder)'],
  ['a kind and more', ['*', '!*.jpg', 'old.jpg'], 'notes.txt', '* (a rule of this folder)'],
])('a rule for %s (%j) tells of %s: %s', (_, ignore, path, rule) => {
  expect(compileRules({ ...plain, ignore }).ofPath(path, 1)).toBe(rule);
});

const none = {
  known: null,
  isSameVersion: false,
  rule: null,
  movedFrom: null,
  takesBaseline: false,
} as const;
const known = (fileClass: 'baseline' | 'ignored' | 'settling' | 'job', rule: string | null = null) => ({
  ...none,
  known: { fileClass, rule },
});

test.each([
  ['new', none, 'settle'],
  ['new, first walk', { ...none, takesBaseline: true }, 'baseline'],
  ['new, ignored', { ...none, rule: 'r' }, 'ignored'],
  ['new, ignored, first walk', { ...none, rule: 'r', takesBaseline: true }, 'ignored'],
  ['a job that moved', { ...none, movedFrom: 'job' }, 'moved'],
  ['a baseline file that moved', { ...none, movedFrom: 'baseline' }, 'moved'],
  ['a job, same', { ...known('job'), isSameVersion: true }, 'same'],
  ['a job, changed', known('job'), 'settle'],
  ['a job, same, ignored by a later rule', { ...known('job'), isSameVersion: true, rule: 'r' }, 'same'],
  ['a job, changed and ignored', { ...known('job'), rule: 'r' }, 'ignored'],
  ['baseline, same', { ...known('baseline'), isSameVersion: true }, 'same'],
  ['baseline, changed', known('baseline'), 'settle'],
  ['baseline, ignored by a later rule', { ...known('baseline'), isSameVersion: true, rule: 'r' }, 'ignored'],
  ['settling, same', { ...known('settling'), isSameVersion: true }, 'same'],
  ['settling, grown', known('settling'), 'settle'],
  ['settling, grown too large', { ...known('settling'), rule: 'r' }, 'ignored'],
  ['ignored, grown', { ...known('ignored', 'r'), rule: 'r' }, 'same'],
  ['ignored by another rule', { ...known('ignored', 'q'), isSameVersion: true, rule: 'r' }, 'ignored'],
  ['ignored no more', { ...known('ignored', 'r'), isSameVersion: true }, 'settle'],
] as const)('%s', (_, sighting, verdict) => {
  expect(classify(sighting)).toBe(verdict);
});

test.each([
  ['/', /root of the whole/],
  ['/home/ann', /whole home/],
  ['/home', /contains your home/],
  ['/home/ann/.config', /data of Hoist/],
  ['/home/ann/.config/hoist', /data of Hoist/],
  ['/home/ann/.config/hoist/inbox', /data of Hoist/],
  ['/home/ann/.ssh', /private keys/],
  ['/mnt/backup/.gnupg/x', /private keys/],
  ['/home/ann/.mozilla/firefox', /browser/],
  ['/home/ann/snap', /browser/],
  ['/proc/self', /system/],
  ['/home/ann/Pictures', /watched already/],
  ['/home/ann/Pictures/2026', /inside/],
  ['/home/ann/Photos', null],
  ['/home/ann/Pictures2', null],
  ['/home/anne', null],
] as const)('watching %s is refused: %s', (path, reason) => {
  const answer = refusalOf({
    path,
    homeDir: '/home/ann',
    dataDir: '/home/ann/.config/hoist',
    watched: ['/home/ann/Pictures'],
  });
  if (reason === null) expect(answer).toBeNull();
  else expect(answer).toMatch(reason);
});

test('a folder that contains a watched one is refused', () => {
  const question = { path: '/data', homeDir: '/home/ann', dataDir: '/var/hoist', watched: ['/data/in'] };
  expect(refusalOf(question)).toBe('It contains /data/in, which is watched already.');
});

test('walks come by size, and often where events cannot be trusted', () => {
  expect(scanIntervalMs(9_999, 'normal', 0.5)).toBe(60_000);
  expect(scanIntervalMs(9_999, 'normal', 0)).toBe(45_000);
  expect(scanIntervalMs(10_000, 'normal', 0.5)).toBe(300_000);
  expect(scanIntervalMs(100_000, 'normal', 0.5)).toBe(900_000);
  expect(scanIntervalMs(100_000, 'normal', 1)).toBe(1_125_000);
  expect(scanIntervalMs(1_000_000, 'degraded', 0)).toBe(30_000);
  expect(scanIntervalMs(1, 'degraded', 1)).toBe(60_000);
  expect([offlineRetryMs(0), offlineRetryMs(11), offlineRetryMs(12)]).toEqual([5000, 5000, 60_000]);
});

test('waits double up to eight times, and are ten seconds at least on network drives', () => {
  expect([0, 1, 2, 3, 4, 50].map((relapses) => waitFor(2000, false, relapses))).toEqual([
    2000, 4000, 8000, 16_000, 16_000, 16_000,
  ]);
  expect(waitFor(2000, true, 0)).toBe(10_000);
  expect(waitFor(20_000, true, 0)).toBe(20_000);
  expect(isRelapse(0, 59_999, 2000)).toBe(true);
  expect(isRelapse(0, 60_000, 2000)).toBe(false);
  expect(isRelapse(0, 239_999, 60_000)).toBe(true);
});

test('the kind of disk is read from the mounts', () => {
  const mounts = [
    '22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw',
    '40 22 0:35 / /mnt/nas rw - nfs4 nas:/x rw',
    '41 22 0:36 / /mnt/my\\040card rw shared:3 master:2 - vfat /dev/sdb1 rw',
    '42 40 0:37 / /mnt/nas/over rw - tmpfs none rw',
    '43 40 0:38 / /mnt/nas/over rw - cifs //a/b rw',
  ].join('\n');
  expect(typeByMounts(mounts, '/home/ann')).toBe('ext4');
  expect(typeByMounts(mounts, '/mnt/nas/in')).toBe('nfs4');
  expect(typeByMounts(mounts, '/mnt/nasty')).toBe('ext4');
  expect(typeByMounts(mounts, '/mnt/my card/DCIM')).toBe('vfat');
  expect(typeByMounts(mounts, '/mnt/nas/over')).toBe('cifs');
  expect(typeByMounts('', '/x')).toBeNull();
  expect(kindOfType('ext4')).toEqual({ isNetwork: false, hasStableInodes: true });
  expect(kindOfType('nfs4')).toEqual({ isNetwork: true, hasStableInodes: true });
  expect(kindOfType('fuse.sshfs')).toEqual({ isNetwork: true, hasStableInodes: false });
  expect(kindOfType('fuseblk')).toEqual({ isNetwork: false, hasStableInodes: true });
  expect(kindOfType('exfat')).toEqual({ isNetwork: false, hasStableInodes: false });
});

test('a limit of the system is named with its number and its cure', () => {
  const limits = { watches: 8192, instances: 128 };
  const full = degradationBy({ code: 'ENOSPC', message: '' }, limits);
  expect(full).toMatchObject({ state: 'polling' });
  expect(full.reason).toMatch(
    /inotify watches \(8192\) is reached.*sysctl fs\.inotify\.max_user_watches=524288/,
  );
  const many = degradationBy({ code: 'EMFILE', message: '' }, limits);
  expect(many.reason).toMatch(/\(128\).*sysctl fs\.inotify\.max_user_instances=1024/);
  expect(degradationBy({ code: 'EIO', message: '' }, limits)).toMatchObject({ state: 'unreliable' });
});

test('an event that is late is not missed; one that never comes is, once', () => {
  const on = { ...noHints, isOn: true };
  const missed = new MissedEvents();
  missed.found('before.jpg', 0);
  missed.hear(on, 1000);
  missed.found('starting.jpg', 1500);
  for (const name of ['late.jpg', 'sub/late.jpg', 'never.jpg']) missed.found(name, 3000);
  expect(missed.count(3500)).toBe(0);
  missed.hear({ ...on, paths: ['late.jpg'], directories: ['sub'] }, 3600);
  expect(missed.count(4001)).toBe(1);
  expect(missed.count(9000)).toBe(0);
  missed.found('in-a-burst.jpg', 10_000);
  missed.hear({ ...on, isBurst: true }, 10_500);
  expect(missed.count(20_000)).toBe(0);
  missed.hear(noHints, 20_000);
  missed.found('off.jpg', 30_000);
  expect(missed.count(40_000)).toBe(0);
});
