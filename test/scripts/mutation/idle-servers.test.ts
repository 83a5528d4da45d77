import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../../..');

/** Ends with this status where a promise at the top is never settled and nothing is left to do. */
const UNSETTLED = 13;

test('a server that listens, and a connection that nobody uses, keep no process alive', () => {
  const script = `
    import { createServer } from 'node:http';
    import { releaseIdleServers } from './scripts/mutation/judge/idle-servers.ts';
    releaseIdleServers();
    const server = createServer((_request, response) => response.end('answered'));
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    const answer = await fetch('http://127.0.0.1:' + server.address().port);
    console.log(await answer.text());
    await new Promise(() => {});
  `;
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--no-warnings', '--input-type=module', '-e', script],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  expect([stdout, status]).toEqual(['answered\n', UNSETTLED]);
}, 60_000);
