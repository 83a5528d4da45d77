import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { cli } from '../support/run-cli.ts';
import { testPlace } from './fixture.ts';

const BUSY = 'when: { waiting: [{ numeric: [">", 50] }] }\nuntil: { waiting: [{ numeric: ["<", 30] }] }\n';
const policyOn = (signal: string) =>
  `mode: observe\nmatch: { signals: [${signal}] }\nsteps: [{ after: 0s, set: { priority: 1 } }]\n`;

const at = testPlace({ 'p/overflow.yaml': policyOn('busy'), 'p/conditions/busy.yaml': BUSY });
const { run } = at;
const check = (...args: string[]) => cli(['check', ...args], { cwd: at.files.path });
const write = (path: string, text: string) => writeFileSync(join(at.files.path, path), text);
const steps = (out: string) => out.match(/^(Wrote|Deleted) .*$/gm);

describe('escalator check', () => {
  test.each([['p'], ['p/overflow.yaml'], ['p/conditions/busy.yaml']])(
    'finds nothing wrong in %s',
    async (path) => {
      expect(await check(path)).toMatchObject({ code: 0, out: '' });
    },
  );

  test('shows the problems of a condition in its own file', async () => {
    write('p/conditions/busy.yaml', 'when: { wating: [3] }\n');
    const { code, out } = await check('p');
    expect(code).toBe(1);
    expect(out).toContain('p/conditions/busy.yaml:1:9: error unknown-key');
    expect(out).toContain('Did you mean "waiting"?');
  });

  test.each([
    ['that no policy names', 'p/overflow.yaml', policyOn('other'), 'condition-unused'],
    ['that never begins', 'p/conditions/busy.yaml', 'when: { waiting: [-1] }\n', 'condition-never'],
  ])('warns of a condition %s', async (_name, path, text, code) => {
    write(path, text);
    const result = await check('p');
    expect([result.code, result.out]).toEqual([0, expect.stringContaining(`warning ${code}`)]);
  });

  test('does not take a policy for the only one that may name a condition', async () => {
    write('p/other.yaml', policyOn('other'));
    expect(await check('p/other.yaml')).toMatchObject({ code: 0, out: '' });
  });
});

describe('escalator push and pull', () => {
  test('write a condition before the policy that names it, and delete it after', async () => {
    const pushed = await run('push', 'p');
    expect([pushed.code, steps(pushed.out)]).toEqual([
      0,
      [`Wrote ${at.prefix}/conditions/busy, version 1.`, `Wrote ${at.prefix}/policies/overflow, version 1.`],
    ]);
    expect(await at.ssm.get(`${at.prefix}/conditions/busy`)).toEqual({ text: BUSY, version: 1 });
    const pulled = await run('pull', 'q');
    expect(steps(pulled.out)).toEqual(['Wrote q/conditions/busy.yaml.', 'Wrote q/overflow.yaml.']);
    expect(await run('diff', 'q')).toMatchObject({ code: 0 });
    rmSync(join(at.files.path, 'p/overflow.yaml'));
    rmSync(join(at.files.path, 'p/conditions'), { recursive: true });
    write('p/other.yaml', 'mode: observe\nsteps: [{ after: 0s, set: { priority: 1 } }]\n');
    const pruned = await run('push', 'p', '--prune', '--yes');
    expect([pruned.code, steps(pruned.out)?.filter((step) => step.startsWith('Deleted'))]).toEqual([
      0,
      [`Deleted ${at.prefix}/policies/overflow.`, `Deleted ${at.prefix}/conditions/busy.`],
    ]);
  });
});
