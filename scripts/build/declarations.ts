import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** TypeScript has written why the declarations cannot be made. */
class DeclarationsError extends Error {
  override readonly name = 'DeclarationsError';
}

/**
 * Writes the declarations of the construct, and of what it names, to `dist/cjs/types`. TypeScript takes the kind of
 * module from the package.json above them.
 *
 * @throws DeclarationsError when a type is wrong.
 */
export function buildDeclarations(project: string, dist: string): void {
  const types = join(dist, 'cjs/types');
  const tsc = join(project, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(
    process.execPath,
    [tsc, '--project', join(project, 'scripts/build/tsconfig.json'), '--outDir', types],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (status !== 0) throw new DeclarationsError('The declarations of lib/ could not be made.');
  for (const file of globSync('**/*.d.ts', { cwd: types })) {
    const path = join(types, file);
    // Not all versions and settings of TypeScript resolve the extension of a source in a declaration.
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/(from '\.[^']+)\.ts'/g, "$1.js'"));
  }
}
