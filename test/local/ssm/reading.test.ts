import {
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  type GetParametersByPathCommandInput,
  PutParameterCommand,
  paginateGetParametersByPath,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rejectionOf } from '../fixtures/rejection.ts';
import { startSsmEndpoint } from '../fixtures/ssm.ts';

let ssm: Awaited<ReturnType<typeof startSsmEndpoint>>;

const NUMBERED = Array.from({ length: 23 }, (_, index) => `/many/${String(index).padStart(2, '0')}`);

beforeAll(async () => {
  ssm = await startSsmEndpoint();
  const put = (Name: string, Value: string) =>
    ssm.client.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
  await put('/app/settings', 'first');
  await put('/app/settings', 'second');
  await put('/app/policies/gold', 'g');
  await put('/app/policies/silver', 's');
  await put('/application/x', 'x');
  await put('plain', 'p');
  for (const name of NUMBERED) await put(name, 'n');
});

afterAll(() => ssm.stop());

const byPath = (input: Partial<GetParametersByPathCommandInput>) =>
  ssm.client.send(new GetParametersByPathCommand({ Path: '/app', ...input }));

describe('GetParameter', () => {
  test('returns the latest version with its metadata', async () => {
    const { Parameter } = await ssm.client.send(new GetParameterCommand({ Name: '/app/settings' }));
    expect(Parameter).toEqual({
      Name: '/app/settings',
      Type: 'String',
      Value: 'second',
      Version: 2,
      LastModifiedDate: expect.any(Date),
      ARN: 'arn:aws:ssm:eu-central-1:123456789012:parameter/app/settings',
      DataType: 'text',
    });
  });

  test.each([
    ['/app/settings:1', 'first', ':1'],
    ['arn:aws:ssm:eu-central-1:123456789012:parameter/app/settings', 'second', undefined],
    ['plain', 'p', undefined],
  ])('finds %s', async (Name, Value, Selector) => {
    const { Parameter } = await ssm.client.send(new GetParameterCommand({ Name }));
    expect([Parameter?.Value, Parameter?.Selector]).toEqual([Value, Selector]);
  });

  test.each([
    ['/none', 'ParameterNotFound', 'Parameter /none not found.'],
    [
      '/app/settings:9',
      'ParameterVersionNotFound',
      'Systems Manager could not find version 9 of /app/settings. Verify the version and try again.',
    ],
  ])('does not find %s', async (Name, name, message) => {
    expect(await rejectionOf(ssm.client.send(new GetParameterCommand({ Name })))).toMatchObject({
      name,
      message,
    });
  });
});

describe('GetParametersByPath', () => {
  test.each([
    ['/app', false, ['/app/settings']],
    ['/app/', false, ['/app/settings']],
    ['/app', true, ['/app/policies/gold', '/app/policies/silver', '/app/settings']],
    ['/app/policies', false, ['/app/policies/gold', '/app/policies/silver']],
    ['/none', true, []],
  ])('finds under %s (recursive: %p)', async (Path, Recursive, names) => {
    const { Parameters, NextToken } = await byPath({ Path, Recursive });
    expect(Parameters?.map(({ Name }) => Name)).toEqual(names);
    expect(NextToken).toBeUndefined();
  });

  test('returns at most ten parameters per page, and every parameter once', async () => {
    const pages: (string | undefined)[][] = [];
    for await (const { Parameters } of paginateGetParametersByPath(
      { client: ssm.client },
      { Path: '/many' },
    )) {
      pages.push((Parameters ?? []).map(({ Name }) => Name));
    }
    expect(pages.map((page) => page.length)).toEqual([10, 10, 3]);
    expect(pages.flat()).toEqual(NUMBERED);
  });

  test.each([
    [
      { MaxResults: 11 },
      'ValidationException',
      "1 validation error detected: Value '11' at 'maxResults' failed to satisfy constraint: Member must have " +
        'value less than or equal to 10',
    ],
    [{ NextToken: 'bogus' }, 'InvalidNextToken', 'The specified token is not valid.'],
    [
      { Path: 'app' },
      'ValidationException',
      'The parameter doesn\'t meet the parameter name requirements. "app" must begin with a forward slash "/" and ' +
        'use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore), and "/" ' +
        'between sub-paths. Valid example: /get/parameters2-/by1./path0_.',
    ],
    [
      { ParameterFilters: [{ Key: 'Type', Values: ['String'] }] },
      'InvalidFilterKey',
      'ParameterFilters is not supported by the local endpoint; omit it.',
    ],
  ])('rejects %j', async (input, name, message) => {
    expect(await rejectionOf(byPath(input))).toMatchObject({ name, message });
  });
});

describe('GetParameterHistory', () => {
  test('returns the versions, the oldest first', async () => {
    const { Parameters } = await ssm.client.send(new GetParameterHistoryCommand({ Name: '/app/settings' }));
    expect(Parameters?.map(({ Version, Value }) => [Version, Value])).toEqual([
      [1, 'first'],
      [2, 'second'],
    ]);
  });

  test('does not find a parameter that does not exist', async () => {
    expect(
      await rejectionOf(ssm.client.send(new GetParameterHistoryCommand({ Name: '/none' }))),
    ).toMatchObject({
      name: 'ParameterNotFound',
      message: 'Parameter /none not found.',
    });
  });
});
