import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const PROGRAM = join(import.meta.dirname, 'support/fill-memory.ts');

/** What a process says that keeps so many MB of the 200 that it may use. */
function keep(megabytes: number) {
  const args = ['--max-old-space-size=200', '--expose-gc', PROGRAM, String(megabytes)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('the memory guard', () => {
  test('says what to do when memory is nearly full, before Node.js ends the process', () => {
    const { status, stdout, stderr } = keep(1_000);
    expect({ status, stderr }).toStrictEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(
      'UsageError: The 200 MB of memory that Node.js may use are nearly full: replay fewer days, or allow more, such as ' +
        'NODE_OPTIONS=--max-old-space-size=512.\n',
    );
  });

  test('says nothing while there is room', () => {
    expect(keep(120)).toStrictEqual({ status: 0, stdout: '', stderr: '' });
  });
});
