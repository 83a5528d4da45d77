import { join } from 'node:path';
import { installClock } from './clock.ts';

// Time must be scalable before anything is imported that keeps a reference to a timer.
installClock();
const { parseOptions, USAGE, UsageError } = await import('./options.ts');
const { runLocal } = await import('./run-local.ts');

try {
  const options = parseOptions(process.argv.slice(2));
  if (!options) process.stdout.write(USAGE);
  else process.exitCode = await runLocal(options, join(import.meta.dirname, '../.local'));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
