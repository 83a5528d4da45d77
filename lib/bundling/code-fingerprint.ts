import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A hash of the code in a folder: the same for the same code, wherever the folder is.
 *
 * @returns 32 hexadecimal digits.
 */
export function codeFingerprint(folder: string): string {
  const hash = createHash('sha256');
  for (const file of globSync('**/*.ts', { cwd: folder }).toSorted()) {
    const code = readFileSync(join(folder, file));
    hash.update(`${file.replaceAll('\\', '/')} ${code.length}\n`).update(code);
  }
  return hash.digest('hex').slice(0, 32);
}
