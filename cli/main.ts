import { createProcessIo } from './command-io.ts';
import { EXIT } from './errors.ts';
import { run } from './run.ts';

// A reader such as `head` closes the pipe when it has enough. That is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  process.exitCode = await run(process.argv.slice(2), createProcessIo());
} catch (error) {
  process.exitCode = EXIT.defect;
  console.error(error);
}
