// Runs a TypeScript file of this project with Node.js 24: `node bin/run-source.js <file> [argument...]`. A machine may
// have an older Node.js, which cannot run TypeScript; the dependencies contain one that can. Any shell can start this,
// unlike `node_modules/.bin/node`, which is not a command on Windows.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { argv, execPath, platform, versions } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const MAJOR = '24';
const HERE = dirname(fileURLToPath(import.meta.url));

function findNode() {
  if (versions.node.split('.')[0] === MAJOR) return execPath;
  const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
  return join(folder, 'bin', platform === 'win32' ? 'node.exe' : 'node');
}

/**
 * Runs a file, given relative to the project, whose arguments are those of this process: in this process, if it can run
 * TypeScript.
 */
export function runCommand(file, args) {
  const path = join(HERE, '..', file);
  if (findNode() === execPath) import(pathToFileURL(path).href);
  else runSource(file, args);
}

/** Runs a file, given relative to the project, and ends this process as it ends. */
function runSource(file, args) {
  const node = findNode();
  // Node.js compiles TypeScript at each start, unless it keeps the result.
  const env = { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'), ...process.env };
  const child = spawn(node, [join(HERE, '..', file), ...args], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`Could not start ${node} (${error.message}). Run npm ci.\n`);
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 128 + constants.signals[signal] : (code ?? 1);
  });
}

const [, self = '', file, ...args] = argv;
if (file !== undefined && resolve(self) === fileURLToPath(import.meta.url)) runSource(file, args);
