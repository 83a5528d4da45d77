/** What a command has of the world beside AWS and the file system. */
export interface CommandIo {
  /** Results. */
  out(text: string): void;
  /** Diagnostics. */
  err(text: string): void;
  /** Shows a line that the next one takes the place of; absent where diagnostics go to no terminal. */
  readonly status?: (text: string) => void;
  readonly stdin: AsyncIterable<string | Uint8Array>;
  /** What relative paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Characters in a line of the terminal; absent where results go to no terminal. */
  readonly columns?: number;
  /** Whether results may be coloured. */
  readonly colours: boolean;
}

/** The streams, the environment and the clock of this process. */
export function createProcessIo(): CommandIo {
  const { stdout, stderr, stdin, env } = process;
  return {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    ...(stderr.isTTY ? { status: (text: string) => stderr.write(`\r\u001b[K${text}`) } : {}),
    stdin,
    cwd: process.cwd(),
    env,
    now: Date.now,
    ...(stdout.isTTY ? { columns: stdout.columns } : {}),
    colours: stdout.isTTY && !env.NO_COLOR,
  };
}

/** The bytes of a stream as text. */
export async function readText(stream: CommandIo['stdin']): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
