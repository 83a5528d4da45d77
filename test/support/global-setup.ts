import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Creates a directory that all test files of a run share. */
export default function setup(): void {
  process.env.TEST_RUN_DIRECTORY = mkdtempSync(join(tmpdir(), 'connect-escalator-tests-'));
}
