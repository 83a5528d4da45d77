import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../../cli/run.ts';

export interface CliInput {
  readonly stdin?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly colours?: boolean;
  /** Milliseconds since the epoch. Default: 0, for ever. */
  readonly now?: number | (() => number);
  /** Told of the lines of progress; without it diagnostics go to no terminal. */
  readonly status?: (text: string) => void;
}

/** Runs `escalator` in this process. */
export async function cli(args: readonly string[], input: CliInput = {}) {
  let out = '';
  let err = '';
  const code = await run(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    stdin: chunks(input.stdin ?? ''),
    cwd: input.cwd ?? process.cwd(),
    env: input.env ?? {},
    now: typeof input.now === 'function' ? input.now : () => Number(input.now ?? 0),
    ...(input.status === undefined ? {} : { status: input.status }),
    ...(input.columns === undefined ? {} : { columns: input.columns }),
    colours: input.colours ?? false,
  });
  return { code, out, err };
}

/** As a pipe gives them: in pieces that end anywhere, inside of a character too. */
async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length; start += 1_001) yield bytes.subarray(start, start + 1_001);
}

/** A directory with the given files, by path. */
export function directoryWith(files: Readonly<Record<string, string>>) {
  const path = mkdtempSync(join(tmpdir(), 'escalator-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, remove: () => rmSync(path, { recursive: true }) };
}
