/** The rows of a run as text: for a terminal, and for a page. */
import type { Row, Spread, Target } from './row.ts';

const headings = ['measurement', 'ours', 'peer', 'ratio: min / median / max', 'target', '', 'load'] as const;

/** Three digits that say something, whatever the size of the number. */
export function showNumber(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return '–';
  if (size >= 10_000) return Math.round(value).toLocaleString('en-GB');
  if (size >= 100 || Number.isInteger(value)) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  return size >= 0.1 ? value.toFixed(2) : value.toPrecision(2);
}

export const showSpread = ({ min, median, max }: Spread): string =>
  [min, median, max].map(showNumber).join(' / ');

function showTarget(target: Target | null): string {
  if (target === null) return '';
  const sign = target.is === 'at-least' ? '≥' : '≤';
  return `${sign} ${showNumber(target.value)}${target.of === 'ratio' ? '×' : ''}`;
}

function verdictOf({ isMet, notMeasured }: Row): string {
  if (notMeasured !== null) return 'not measured';
  if (isMet === null) return '';
  return isMet ? 'met' : 'MISSED';
}

function cellsOf(row: Row): readonly string[] {
  if (row.notMeasured !== null) return [row.what, '', '', row.notMeasured, '', verdictOf(row), ''];
  const withUnit = (spread: Spread | null) =>
    spread === null ? '' : `${showNumber(spread.median)} ${row.unit}`.trim();
  const middle = row.ratio ?? row.ours;
  const text = middle === null ? '' : showSpread(middle);
  const spread = row.ratio === null ? `${text} ${row.unit}`.trim() : text;
  return [
    row.what,
    withUnit(row.ours),
    withUnit(row.peer),
    spread,
    showTarget(row.target),
    verdictOf(row),
    row.load.toFixed(1),
  ];
}

/** Columns as wide as their widest cell; `named` are rows under the name of the measurement that made them. */
export function showTable(named: readonly (readonly [name: string, row: Row])[]): string {
  const lines = [headings, ...named.map(([name, row]) => withName(name, cellsOf(row)))];
  const widths = headings.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The same in Markdown. */
export function showMarkdown(named: readonly (readonly [name: string, row: Row])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    line(headings),
    line(headings.map(() => '---')),
    ...named.map(([name, row]) => line(withName(name, cellsOf(row)))),
  ].join('\n');
}

const withName = (name: string, [what = '', ...others]: readonly string[]) => [`${name}: ${what}`, ...others];
