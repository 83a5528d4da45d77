import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { cli } from '../support/run-cli.ts';
import { testPlace } from './fixture.ts';

const ANN = '10000001-2222-3333-4444-555555555555';
const BEN = '10000002-2222-3333-4444-555555555555';
const settings = (lists: Record<string, readonly string[]>) => `agents: ${JSON.stringify(lists)}\n`;
const routedTo = (list: string) =>
  `mode: observe\nsteps: [{ after: 0s, set: { route: ["agents @${list} for 45s"] } }]\n`;

const at = testPlace({
  'p/billing.yaml': routedTo('seniors'),
  'p/settings.yaml': settings({ seniors: [ANN] }),
});
const { run } = at;
const check = (...args: string[]) => cli(['check', ...args], { cwd: at.files.path });
const write = (path: string, text: string) => writeFileSync(join(at.files.path, path), text);
const steps = (out: string) => out.match(/^(Wrote|Deleted) .*$/gm);

describe('escalator check', () => {
  test.each([
    ['a directory', 'p'],
    ['one policy', 'p/billing.yaml'],
  ])('finds the list in the settings beside the policies of %s', async (_name, path) => {
    expect(await check(path)).toMatchObject({ code: 0, out: '' });
  });

  test('says where a policy names a list that does not exist', async () => {
    write('p/billing.yaml', routedTo('senior'));
    const { code, out } = await check('p/billing.yaml');
    expect(code).toBe(1);
    expect(out).toContain('p/billing.yaml:2:37: error unknown-agent-list');
    expect(out).toContain('Did you mean "@seniors"?');
  });

  test('counts the agents of a list', async () => {
    const many = Array.from({ length: 11 }, (_, index) => ANN.slice(0, -2) + String(index + 10));
    write('p/settings.yaml', settings({ seniors: many }));
    const { code, out } = await check('p');
    expect(code).toBe(1);
    expect(out).toContain('found 11 entries; expected a list of 1 to 10 user ids');
  });
});

describe('escalator push', () => {
  test('writes the settings before the policy that names a new list of them', async () => {
    const { code, out } = await run('push', 'p');
    expect([code, steps(out)]).toEqual([
      0,
      [`Wrote ${at.prefix}/settings, version 1.`, `Wrote ${at.prefix}/policies/billing, version 1.`],
    ]);
  });

  test('takes one policy whose list SSM has, and refuses one whose list nobody has', async () => {
    await run('push', 'p');
    rmSync(join(at.files.path, 'p/settings.yaml'));
    write('p/billing.yaml', routedTo('seniors').replace('45s', '50s'));
    expect(await run('push', 'p/billing.yaml')).toMatchObject({ code: 0 });
    write('p/billing.yaml', routedTo('juniors'));
    expect(await run('push', 'p/billing.yaml')).toMatchObject({ code: 1 });
  });

  test('refuses settings alone that take away a list which a policy in SSM names', async () => {
    await run('push', 'p');
    write('p/settings.yaml', settings({ juniors: [BEN] }));
    const { code, err } = await run('push', 'p/settings.yaml');
    expect(code).toBe(1);
    expect(err).toContain('unknown-agent-list');
  });
});
