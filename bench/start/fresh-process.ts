import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/**
 * Runs an ES module in a new process of Node.js.
 *
 * @param code - the text of the module.
 * @returns what it prints, parsed as JSON.
 * @throws Error with what it reports, if it fails.
 */
export async function inFreshProcess<T>(
  code: string,
  environment: Readonly<Record<string, string>>,
): Promise<T> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { env: environment });
  const [output, errors, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  if (status !== 0) throw new Error(`A process ended with ${status}:\n${errors}`);
  // A function logs in lines before.
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '');
}
