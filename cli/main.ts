import { createProcessIo } from './command-io.ts';
import { run } from './run.ts';

// Whoever reads the results may have read enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await run(process.argv.slice(2), createProcessIo());
