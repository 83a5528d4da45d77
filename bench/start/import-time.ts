import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** Variables that the code of every handler needs when it is imported. */
const ENVIRONMENT = {
  AWS_REGION: 'eu-central-1',
  POWERTOOLS_SERVICE_NAME: 'connect-escalator',
  POWERTOOLS_METRICS_NAMESPACE: 'ConnectEscalator',
};

/**
 * How much CPU time a new process takes to import a bundle.
 *
 * @returns milliseconds of all threads, without the start of Node.js itself.
 * @throws Error if the bundle has no handler.
 */
export function importTime(file: string): number {
  const code = [
    'const before = process.cpuUsage();',
    `const { handler } = await import(${JSON.stringify(pathToFileURL(file).href)});`,
    'const { user, system } = process.cpuUsage(before);',
    "if (typeof handler !== 'function') throw new Error('no handler');",
    'console.log((user + system) / 1000);',
  ].join('\n');
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    env: ENVIRONMENT,
  });
  if (status !== 0) throw new Error(`The bundle ${file} cannot be imported:\n${stderr}`);
  return Number(stdout);
}
