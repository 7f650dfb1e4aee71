import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import type { Output, Surroundings } from '../surroundings.ts';
import { drawFrame, type FrameModel, type FrameStyle } from './frame.ts';

/** Where a command speaks while it runs: lines that stay, and on a terminal a frame below them. */
export interface Display {
  readonly isLive: boolean;
  /** To stderr. */
  say(line: string): void;
  /** To stdout: what the command was asked for. */
  answer(text: string): void;
  /** `model` is asked anew whenever a line goes above the frame, so that both tell the same. */
  draw(model: () => FrameModel): void;
  /** Takes the frame away and gives the cursor back. */
  close(): void;
}

export function openDisplay({ stdout, stderr, env, platform }: Surroundings): Display {
  const isLive = stderr.isTTY === true && env.TERM !== 'dumb';
  const frame = isLive ? createLogUpdate(stderr) : null;
  let last: (() => FrameModel) | null = null;
  const paint = painter(stderr, env);
  const isUnicode = hasUnicode(env, platform);

  const show = (model: () => FrameModel) => {
    const style = { columns: stderr.columns ?? 80, rows: stderr.rows ?? 24, isUnicode, paint };
    frame?.(drawFrame(model(), style).join('\n'));
  };
  /** A line that stays goes above the frame, which is then drawn anew. */
  const above = (output: Output, text: string) => {
    frame?.clear();
    output.write(`${text}\n`);
    if (last !== null) show(last);
  };

  return {
    isLive,
    say: (line) => above(stderr, line),
    answer: (text) => above(stdout, text),
    draw(model) {
      if (frame === null) return;
      last = model;
      show(model);
    },
    close() {
      last = null;
      frame?.clear();
      frame?.done();
    },
  };
}

const styles = { name: 'bold', bar: 'cyan', dim: 'dim', warning: 'yellow' } as const;

/** https://no-color.org: any value but the empty one means no colour. */
function painter(output: Output, env: Surroundings['env']): FrameStyle['paint'] {
  const isColored = output.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
  return (style, text) => (isColored ? styleText(styles[style], text, { validateStream: false }) : text);
}

function hasUnicode(env: Surroundings['env'], platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return env.WT_SESSION !== undefined || env.TERM_PROGRAM !== undefined;
  return /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || (platform === 'darwin' ? 'UTF-8' : ''));
}
