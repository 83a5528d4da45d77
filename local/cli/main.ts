import { join } from 'node:path';
import { installClock } from '../time/clock.ts';

// Must run before any other import, so that no module keeps a reference to a real timer.
installClock();
const { CommanderError } = await import('commander');
const { parseOptions } = await import('./options.ts');
const { runLocal } = await import('./run-local.ts');
const { EndpointError } = await import('../endpoint/endpoint.ts');
const { UsageError } = await import('../../cli/errors.ts');
const { visibleText } = await import('../../lambda/domain/visible-text.ts');

try {
  const options = parseOptions(process.argv.slice(2));
  process.exitCode = await runLocal(options, join(import.meta.dirname, '../../.local'));
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof EndpointError) {
    process.stderr.write(`${error.message} (--port)\n`);
    process.exitCode = 2;
  } else if (error instanceof UsageError) {
    process.stderr.write(`${visibleText(error.message)}\n`);
    process.exitCode = 2;
  } else throw error;
}
