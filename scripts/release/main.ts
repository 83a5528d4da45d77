import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReleaseError, releaseNotes } from './release-notes.ts';

/**
 * Prints the notes of a release: `node scripts/release/main.ts <tag> <owner/repository>`. Exits with 1 if the tag, the
 * version, the repository and the changelog do not agree.
 */
const [tag = '', repository = ''] = process.argv.slice(2);
const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
try {
  process.stdout.write(
    releaseNotes({ tag, repository, manifest: read('package.json'), changelog: read('CHANGELOG.md') }),
  );
} catch (error) {
  if (!(error instanceof ReleaseError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
