import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.ts';

/** Installs versions of Node.js from npm. @returns the path of the program of each. */
export function installNode(versions: readonly string[], directory: string): ReadonlyMap<string, string> {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const name = [prefix, platform, process.arch].join('-');
  mkdirSync(directory, { recursive: true });
  run('npm', ['init', '--yes'], { cwd: directory });
  const aliases = versions.map((version) => `node-${version}@npm:${name}@${version}`);
  run('npm', ['install', '--ignore-scripts', ...aliases], { cwd: directory });
  return new Map(
    versions.map((version) => [version, join(directory, `node_modules/node-${version}/bin/node`)]),
  );
}
