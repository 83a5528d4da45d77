import { clearLine, clearScreenDown, cursorTo } from 'node:readline';
import { createInterface } from 'node:readline/promises';
import { sleep } from './sleep.ts';
import type { PrintedText } from './styled-text.ts';

/** The environment of a command, apart from AWS and the file system. */
export interface CommandIo extends Omit<Terminal, 'out' | 'colours'> {
  /** Prints results. */
  out(text: PrintedText): void;
}

/** The streams of a process, which get texts as they are. */
export interface Terminal {
  /** Prints results. */
  out(text: string): void;
  /** Prints diagnostics. */
  err(text: string): void;
  /** Shows a line that replaces the previous one. Undefined when diagnostics do not go to a terminal. */
  readonly status?: (text: string) => void;
  /** Clears the terminal, so that what follows stands at its top. Undefined when results do not go to a terminal. */
  readonly clear?: () => void;
  /** Asks a person, and returns the answer. Undefined when there is no terminal, so nobody to ask. */
  readonly ask?: (question: string) => Promise<string>;
  readonly stdin: AsyncIterable<string | Uint8Array>;
  /** The directory that relative paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Waits for a number of milliseconds, at most 24 days. Ends early, without an error, when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * Calls the listener instead of ending the process when a person interrupts it (Ctrl+C). @returns what ends
   * this.
   */
  onInterrupt(listener: () => void): () => void;
  /** Characters in a line of the terminal. Undefined when results do not go to a terminal. */
  readonly columns?: number;
  /** The time zone of the reader, by its name in the IANA database. */
  readonly timezone: string;
  /** Whether results may have colours. */
  readonly colours: boolean;
}

/** The streams, the environment and the clock of this process. */
export function createProcessIo(): Terminal {
  const { stdout, stderr, stdin, env } = process;
  return {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    status: stderr.isTTY ? replaceStatusLine : undefined,
    clear: stdout.isTTY ? clearScreen : undefined,
    ask: stdin.isTTY && stderr.isTTY ? askOnTerminal : undefined,
    stdin,
    cwd: process.cwd(),
    env,
    now: Date.now,
    sleep,
    onInterrupt,
    timezone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    columns: stdout.isTTY ? stdout.columns : undefined,
    colours: stdout.isTTY && !env.NO_COLOR,
  };
}

/**
 * Milliseconds in which a repeated signal is the same interruption: a terminal sends it to all processes of the
 * command, and those that started this one, such as npx, pass it on.
 */
const SAME_INTERRUPTION_MS = 500;

function onInterrupt(listener: () => void): () => void {
  let interruptedAt: number | undefined;
  const stop = () => process.off('SIGINT', onSignal);
  function onSignal() {
    if (interruptedAt === undefined) {
      interruptedAt = performance.now();
      listener();
    } else if (performance.now() - interruptedAt >= SAME_INTERRUPTION_MS) {
      // A second interruption ends the process.
      stop();
      process.kill(process.pid, 'SIGINT');
    }
  }
  process.on('SIGINT', onSignal);
  return stop;
}

async function askOnTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

function clearScreen(): void {
  cursorTo(process.stdout, 0, 0);
  clearScreenDown(process.stdout);
}

function replaceStatusLine(text: string): void {
  cursorTo(process.stderr, 0);
  clearLine(process.stderr, 1);
  process.stderr.write(text);
}

/** Reads a stream of UTF-8 to its end. */
export async function readText(stream: CommandIo['stdin']): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
