import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { installClock } from '../time/clock.ts';

// Also for the threads of the functions, which inherit it.
const { directory } = enableCompileCache();
if (directory !== undefined) process.env.NODE_COMPILE_CACHE ??= directory;

// Must run before any other import, so that no module keeps a reference to a real timer.
installClock();
const { CommanderError } = await import('commander');
const { parseOptions } = await import('./options.ts');
const { runHeadless } = await import('./run-headless.ts');
const { runLive } = await import('./run-live.ts');
const { processTerminal } = await import('./terminal.ts');
const { openWithApplication } = await import('../../cli/open-with-application.ts');
const { EndpointError } = await import('../endpoint/endpoint.ts');
const { UsageError } = await import('../../cli/errors.ts');
const { visibleText } = await import('../../lambda/domain/visible-text.ts');

/** npm changes to the folder of the package. */
const io = {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  err: (text: string) => process.stderr.write(visibleText(text)),
  columns: process.stderr.columns,
};
const logDirectory = join(import.meta.dirname, '../../.local');

try {
  const options = parseOptions(process.argv.slice(2));
  const terminal = processTerminal();
  process.exitCode = options.headless
    ? await runHeadless(options, io, logDirectory, terminal)
    : await runLive({
        options,
        io,
        logDirectory,
        terminal,
        async onAddress(url) {
          if (!options.open || (await openWithApplication(url, process.env))) return;
          terminal.print('Could not open the browser: paste the address into it.\n');
        },
      });
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
