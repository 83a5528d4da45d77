import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CommandIo } from '../../../cli/command-io.ts';
import { run } from '../../../cli/run.ts';

export interface CliInput {
  readonly stdin?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly colours?: boolean;
  /** Milliseconds since the epoch. Default: 0. */
  readonly now?: number | (() => number);
  /** Receives the lines of progress. Without it, diagnostics do not go to a terminal. */
  readonly status?: (text: string) => void;
}

/** The streams of a command that runs in this process. */
export function createIo(
  { stdin = '', cwd = process.cwd(), env = {}, columns, colours = false, now = 0, status }: CliInput,
  write: (stream: 'out' | 'err', text: string) => void,
): CommandIo {
  return {
    out: (text) => write('out', text),
    err: (text) => write('err', text),
    status,
    stdin: chunks(stdin),
    cwd,
    env,
    now: typeof now === 'function' ? now : () => now,
    columns,
    colours,
  };
}

/** Runs `escalator` in this process. */
export async function cli(args: readonly string[], input: CliInput = {}) {
  const written = { out: '', err: '' };
  const io = createIo(input, (stream, text) => {
    written[stream] += text;
  });
  const code = await run(args, io);
  return { code, ...written };
}

/** Splits a text into chunks as a pipe does: a chunk may end within a character. */
async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length; start += 1_001) yield bytes.subarray(start, start + 1_001);
}

/** Creates a directory with the given files, by path. */
export function directoryWith(files: Readonly<Record<string, string>>) {
  const path = mkdtempSync(join(tmpdir(), 'escalator-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, remove: () => rmSync(path, { recursive: true }) };
}
