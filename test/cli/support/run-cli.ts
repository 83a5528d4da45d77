import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Terminal } from '../../../cli/command-io.ts';
import { run } from '../../../cli/run.ts';

export interface CliInput {
  readonly stdin?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly colours?: boolean;
  /** The time zone of the reader. Default: UTC. */
  readonly timezone?: string;
  /** Milliseconds since the epoch. Default: 0. */
  readonly now?: number | (() => number);
  /** Receives the lines of progress. Without it, diagnostics do not go to a terminal. */
  readonly status?: (text: string) => void;
  /** Answers a question. Without it, there is nobody to ask. */
  readonly ask?: (question: string) => string | Promise<string>;
  /** Receives the waits, in milliseconds. They take no time. */
  readonly onSleep?: (ms: number, signal?: AbortSignal) => unknown;
  /** Receives what a person's interruption calls. */
  readonly onInterrupt?: (listener: () => void) => void;
}

/** The streams of a command that runs in this process. */
export function createIo(
  {
    stdin = '',
    cwd = process.cwd(),
    env = {},
    columns,
    colours = false,
    timezone = 'UTC',
    now = 0,
    status,
    ...input
  }: CliInput,
  write: (stream: 'out' | 'err', text: string) => void,
): Terminal {
  const { ask } = input;
  return {
    out: (text) => write('out', text),
    err: (text) => write('err', text),
    status,
    ask: ask && (async (question) => ask(question)),
    stdin: chunks(stdin),
    cwd,
    env,
    now: typeof now === 'function' ? now : () => now,
    sleep: async (ms, signal) => {
      await input.onSleep?.(ms, signal);
    },
    onInterrupt(listener) {
      input.onInterrupt?.(listener);
      return () => {};
    },
    columns,
    timezone,
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
