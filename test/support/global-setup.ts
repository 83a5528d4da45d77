import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Prepares what all test files of a run share: a directory, and how the CDK synthesises. */
export default function setup(): void {
  process.env.TEST_RUN_DIRECTORY = mkdtempSync(join(tmpdir(), 'connect-escalator-tests-'));
  // The validation of CloudFormation takes most of the time of a synth. `cdk synth` in `.ci/run` runs it.
  process.env.CDK_VALIDATION = 'false';
  // Processes and threads of the tests compile each module once, and not each time one starts.
  process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'connect-escalator-compile-cache');
}
