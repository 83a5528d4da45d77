#!/usr/bin/env node
// Runs main.ts with the Node.js 24 of the dependencies. The installed Node.js may be too old to run TypeScript.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';

const node = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin/node');
const main = join(import.meta.dirname, 'main.ts');
const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(`escalator: could not start ${node} (${error.message}). Run npm ci.\n`);
  process.exitCode = 2;
});
child.on('exit', (code, signal) => {
  process.exitCode = signal ? 128 + constants.signals[signal] : (code ?? 1);
});
