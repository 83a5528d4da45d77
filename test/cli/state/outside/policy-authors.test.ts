import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { PolicyAuthorReader } from '../../../../cli/state/outside/policy-authors.ts';
import type { NamedPart } from '../../../../lambda/domain/configuration/compiled.ts';
import { AwsError } from '../../../../local/endpoint/aws-error.ts';
import { REGION } from '../../../local/fixtures/aws.ts';
import { NOW, startDeployedSystem } from '../../doctor/deployed-system.ts';

let system: Awaited<ReturnType<typeof startDeployedSystem>>;
let reader: PolicyAuthorReader;
let requests = 0;
let failure: AwsError | undefined;

beforeAll(async () => {
  system = await startDeployedSystem();
  for (let version = 1; version <= 60; version += 1)
    await system.put('policies/gold', `steps: [] # ${version}`);
  await system.put('policies/silver', 'steps: []');
  system.state.intercept = (_service, operation) => {
    if (operation !== 'GetParameterHistory') return undefined;
    requests += 1;
    return failure;
  };
});
afterAll(() => system.stop());
beforeEach(() => {
  requests = 0;
  failure = undefined;
  reader = new PolicyAuthorReader({ prefix: '/connect-escalator', endpointUrl: system.url, region: REGION });
});

const policy = (name: string, version: number): NamedPart => ({ name, version, since: NOW, source: {} });

test('who wrote the version in force is asked once for each version, however many there are', async () => {
  const policies = [policy('gold', 60), policy('silver', 1)];
  const first = await reader.read(policies, NOW);
  expect(first).toEqual({
    byPolicy: {
      gold: { version: 60, by: expect.stringMatching(/^arn:aws:/), at: expect.any(Number) },
      silver: { version: 1, by: expect.stringMatching(/^arn:aws:/), at: expect.any(Number) },
    },
  });
  // Fifty versions fit on a page of the history.
  expect(requests).toBe(3);
  expect(await reader.read(policies, NOW + 3_600_000)).toBe(first);
  expect(requests).toBe(3);
  expect((await reader.read([policy('gold', 59)], NOW)).byPolicy).toMatchObject({ gold: { version: 59 } });
});

test('a policy that was deleted, or whose version SSM keeps no more, has no author', async () => {
  const { byPolicy, missing } = await reader.read([policy('gone', 3), policy('gold', 999)], NOW);
  expect({ byPolicy, missing }).toEqual({ byPolicy: { gone: { version: 3 }, gold: { version: 999 } } });
});

test('where the history may not be read, that is said, and asked again after a minute', async () => {
  failure = new AwsError('AccessDeniedException', 'no', 400);
  const policies = [policy('gold', 60), policy('silver', 1)];
  const denied = {
    byPolicy: {},
    missing: 'Left out: who wrote policies. IAM does not allow ssm:GetParameterHistory.',
  };
  expect(await reader.read(policies, NOW)).toEqual(denied);
  const before = requests;
  expect(await reader.read(policies, NOW + 59_999)).toEqual(denied);
  expect(requests).toBe(before);
  failure = undefined;
  expect(Object.keys((await reader.read(policies, NOW + 60_000)).byPolicy)).toEqual(['gold', 'silver']);
});
