import { describe, expect, test } from 'vitest';
import { iconName, summaryOf, tooltipOf, trayView } from '../../../electron/desktop/tray/tray-view.ts';
import { blockedDestination, statusOf } from '../support.ts';

const labels = (...args: Parameters<typeof trayView>) =>
  trayView(...args).items.map((item) => (item.kind === 'separator' ? '—' : item.label));

describe('the menu', () => {
  test('leads to the app before the engine has answered', () => {
    expect(labels(null, [])).toEqual(['Open Hoist', '—', 'Quit Hoist']);
  });

  test('at rest', () => {
    expect(labels(statusOf({}), [])).toEqual([
      'Hoist: nothing to do',
      'Open Hoist',
      'Add files…',
      'Pause all uploads',
      '—',
      'No links yet',
      '—',
      'Settings…',
      '—',
      'Quit Hoist',
    ]);
  });

  test('with links, and with files that need somebody', () => {
    const links = [
      { id: 7, name: 'R&D\u202E plan.png' },
      { id: 3, name: `${'x'.repeat(60)}.png` },
    ];
    const items = trayView(
      statusOf({ blocked: 2, paused: 1 }, { settings: { isPaused: true } }),
      links,
    ).items;
    expect(items.flatMap((item) => (item.kind === 'action' ? [item] : []))).toEqual([
      expect.objectContaining({ action: { kind: 'open' } }),
      expect.objectContaining({ action: { kind: 'add' } }),
      { kind: 'action', label: 'Resume all uploads', action: { kind: 'pause', isPaused: false } },
      { kind: 'action', label: 'R&&D\uFFFD plan.png', action: { kind: 'copy', id: 7 } },
      { kind: 'action', label: `${'x'.repeat(20)}…${'x'.repeat(15)}.png`, action: { kind: 'copy', id: 3 } },
      { kind: 'action', label: 'Needs you (2)…', action: { kind: 'needs-you' } },
      { kind: 'action', label: 'Settings…', action: { kind: 'settings' } },
      { kind: 'action', label: 'Quit Hoist', action: { kind: 'quit' } },
    ]);
  });

  test('stays the same while only bytes move, so that an open menu is not rebuilt', () => {
    const at = (bytesPerSecond: number) => statusOf({ uploading: 2 }, { throughput: { bytesPerSecond } });
    expect(labels(at(100), [])).toEqual(labels(at(9_000_000), []));
  });
});

test.each([
  ['Hoist: nothing to do', statusOf({ completed: 9 })],
  ['1 file waiting', statusOf({ queued: 1 })],
  ['Sending 2 files', statusOf({ uploading: 2, queued: 5 })],
  ['Paused · 5 files waiting', statusOf({ queued: 5 }, { settings: { isPaused: true } })],
  ['Paused', statusOf({}, { settings: { isPaused: true } })],
  ['1 file needs you', statusOf({ uploading: 2, blocked: 1 })],
  ['\u2068demo-flora\u2069 needs you', statusOf({}, { destinations: [blockedDestination('key-refused')] })],
])('%s', (text, status) => expect(summaryOf(status)).toBe(text));

test('the tooltip has the speed, and the time once it is known', () => {
  const throughput = { bytesPerSecond: 6_100_000, remainingMs: null };
  expect(tooltipOf(statusOf({ uploading: 3 }, { throughput }))).toBe('Sending 3 files · 6.1 MB/s');
  expect(tooltipOf(statusOf({ uploading: 3 }, { throughput: { ...throughput, remainingMs: 540_000 } }))).toBe(
    'Sending 3 files · 6.1 MB/s · about 9 min',
  );
  expect(tooltipOf(statusOf({ queued: 1 }, { throughput, settings: { isPaused: true } }))).toBe(
    'Paused · 1 file waiting',
  );
});

test('the icon has a file for each mood, and a template where the system tints it', () => {
  expect([iconName('busy', 'linux'), iconName('attention', 'darwin')]).toEqual([
    'tray-busy.png',
    'tray-attentionTemplate.png',
  ]);
});
