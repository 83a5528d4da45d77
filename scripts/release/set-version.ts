import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Copies the version of package.json into the code. `npm version` runs it, and commits what it stages. */
const PROJECT = join(import.meta.dirname, '../..');
const FILE = 'lambda/domain/version.ts';

const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
const path = join(PROJECT, FILE);
writeFileSync(
  path,
  readFileSync(path, 'utf8').replace(/VERSION = '.*'/, () => `VERSION = '${version}'`),
);
execFileSync('git', ['add', FILE], { cwd: PROJECT });
