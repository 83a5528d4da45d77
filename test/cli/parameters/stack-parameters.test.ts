import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { DESCRIPTION } from '../../../cli/parameters/parameter-store.ts';
import { parseStackParameters } from '../../../cli/parameters/stack-parameters.ts';
import { VERSION } from '../../../lambda/domain/version.ts';
import { policyOf, testPlace } from './fixture.ts';

const at = testPlace(
  { 'p/gold.yaml': policyOf(2), 'p/silver.yaml': policyOf(3) },
  { stackParameters: ['policies/gold'] },
);
const { run } = at;
/** The stack writes gold; silver was pushed. */
beforeEach(async () => {
  await at.ssm.put(`${at.prefix}/policies/gold`, policyOf(1));
  await at.ssm.put(`${at.prefix}/policies/gold`, policyOf(2));
  await at.ssm.putAs(`${at.prefix}/policies/silver`, policyOf(2), { Description: DESCRIPTION });
  at.ssm.writes.length = 0;
});

const refusal = () =>
  `${at.prefix}/policies/gold is written by the stack (property policies of the construct): change its file in the app ` +
  'and deploy. To stop all calls at once, run escalator pause. Nothing was written.\n';

describe('settings that name instances', () => {
  const warning = (text: string) =>
    `p/settings.yaml: warning: instances has ${text}. Write ids of the deployment (i-1, i-2), or leave out instances.\n`;

  beforeEach(async () => {
    const deployment = { version: VERSION, instanceIds: ['i-1', 'i-2'] };
    await at.ssm.put(`${at.prefix}/deployment`, JSON.stringify(deployment));
  });

  test.each([
    ['i-2', ''],
    ['i-2, i-3', warning('i-3, which the deployment does not serve')],
    [
      'my-centre',
      warning(
        'my-centre, which the deployment does not serve, and none that it serves: no contact is escalated',
      ),
    ],
  ])('are compared with the deployment by push: %s', async (ids, expected) => {
    writeFileSync(join(at.files.path, 'p/settings.yaml'), `instances: [${ids}]\n`);
    const { code, err } = await run('push', 'p/settings.yaml');
    expect(code).toBe(0);
    expect(err.match(/^p\/settings.*\n/gm)?.join('') ?? '').toBe(expected);
  });
});

describe('a policy that the stack writes', () => {
  test('is not pushed when its file differs, and neither are the others then', async () => {
    await at.ssm.put(`${at.prefix}/policies/gold`, policyOf(1));
    at.ssm.writes.length = 0;
    const { code, err } = await run('push', 'p', '--force');
    expect({ code, writes: at.ssm.writes }).toEqual({ code: 1, writes: [] });
    expect(err).toContain(refusal());
  });

  test('does not hinder a push while its file is equal', async () => {
    const { code, out } = await run('push', 'p');
    expect({ code, writes: at.ssm.writes }).toEqual({ code: 0, writes: ['ssm.PutParameter'] });
    expect(out).toContain('silver');
  });

  test('is not deleted by a prune, even where a pull noted it', async () => {
    await run('pull', 'p', '--force');
    rmSync(join(at.files.path, 'p/gold.yaml'));
    const { code, err } = await run('push', 'p', '--prune', '--yes');
    expect({ code, writes: at.ssm.writes }).toEqual({ code: 0, writes: [] });
    expect(err).toContain(`${at.prefix}/policies/gold is written by the stack; it is left unchanged.\n`);
  });

  test('is not rolled back', async () => {
    expect(await run('rollback', 'gold')).toEqual({ code: 1, out: '', err: refusal() });
    expect(at.ssm.writes).toEqual([]);
  });
});

test.each([undefined, '', '[]', '{"version":"1"}', '{"stackParameters":"x"}'])(
  'the deployment %j says of no parameter that the stack writes it',
  (text) => {
    expect([...parseStackParameters(text)]).toEqual([]);
  },
);
