import { join } from 'node:path';
import { installClock } from '../time/clock.ts';

// Time must be scalable before anything is imported that keeps a reference to a timer.
installClock();
const { parseOptions, USAGE, UsageError } = await import('./options.ts');
const { runLocal } = await import('./run-local.ts');
const { EndpointError } = await import('../endpoint/endpoint.ts');

try {
  const options = parseOptions(process.argv.slice(2));
  if (!options) process.stdout.write(USAGE);
  else process.exitCode = await runLocal(options, join(import.meta.dirname, '../../.local'));
} catch (error) {
  if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${USAGE}`);
  else if (error instanceof EndpointError) process.stderr.write(`${error.message} (--port)\n`);
  else throw error;
  process.exitCode = 2;
}
