import { pathToFileURL } from 'node:url';
import { inFreshProcess } from './fresh-process.ts';

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
 * @throws Error if the bundle cannot be imported, or has no handler.
 */
export function importTime(file: string): Promise<number> {
  const code = [
    'const before = process.cpuUsage();',
    `const { handler } = await import(${JSON.stringify(pathToFileURL(file).href)});`,
    'const { user, system } = process.cpuUsage(before);',
    "if (typeof handler !== 'function') throw new Error('no handler');",
    'console.log((user + system) / 1000);',
  ].join('\n');
  return inFreshProcess(code, ENVIRONMENT);
}
