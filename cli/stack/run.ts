import { VERSION } from '../../lambda/domain/version.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { readTextOrStdin } from '../sources/read.ts';
import { sourceMapOf } from './source-maps.ts';
import { codeFilesIn, withSourcePositions } from './source-positions.ts';

/** The version in a line of the log of a function. */
const LOGGED_VERSION = /"version":"([^"]{1,64})"/g;

/**
 * `escalator stack`: prints a text with the positions of the sources in place of those in the deployed bundles. Exits
 * with 1 where the text has no such position.
 *
 * @param file - a path, or `-` for stdin.
 */
export async function stack(file: string, io: CommandIo): Promise<ExitCode> {
  const text = await readTextOrStdin(file, io);
  const names = codeFilesIn(text);
  if (names.length === 0) {
    io.err(
      `escalator: ${file === '-' ? 'stdin' : file} has no position in the code of a function: expected a stack with ` +
        'positions such as file:///var/task/dispatch.mjs:3:1234.\n',
    );
    return EXIT.problems;
  }
  for (const version of otherVersions(text)) {
    io.err(
      `escalator: a line was logged by version ${version}, and the positions are those of version ${VERSION}: run ` +
        `the stack command of version ${version}.\n`,
    );
  }
  const maps = new Map(
    await Promise.all(names.map(async (name) => [name, await sourceMapOf(name)] as const)),
  );
  const { text: replaced, beyond } = withSourcePositions(text, maps);
  const [first, ...others] = beyond;
  if (first !== undefined) {
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    io.err(
      `escalator: the code of version ${VERSION} has no line for ${first}${more}, left as logged: run the stack ` +
        'command of the version that is deployed.\n',
    );
  }
  io.out(replaced);
  return EXIT.ok;
}

function otherVersions(text: string): string[] {
  const lines = text.split('\n').filter((line) => codeFilesIn(line).length > 0);
  const versions = lines.flatMap((line) =>
    [...line.matchAll(LOGGED_VERSION)].map(([, version = '']) => version),
  );
  return [...new Set(versions)].filter((version) => version !== VERSION);
}
