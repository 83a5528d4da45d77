import { inspect } from 'node:util';
import { visibleText } from '../lambda/domain/visible-text.ts';
import { createProcessIo } from './command-io.ts';
import { EXIT } from './errors.ts';
import { run } from './run.ts';

/** Commands that change something: they end what they began, although nobody reads what they print. */
const CHANGING = ['push', 'pull', 'rollback', 'pause', 'resume', 'send', 'redrive'];

const args = process.argv.slice(2);
const isChanging = CHANGING.includes(args[0] ?? '');

// A reader such as `head` closes the pipe when it has enough. That is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (!isClosed(error)) throw error;
  if (!isChanging) process.exit();
});
// Diagnostics that nobody reads end nothing: the results may go elsewhere.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (!isClosed(error)) throw error;
});

function isClosed({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';
}

try {
  process.exitCode = await run(args, createProcessIo());
} catch (error) {
  process.exitCode = EXIT.defect;
  console.error(visibleText(inspect(error)));
}
