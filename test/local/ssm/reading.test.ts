import {
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  type GetParametersByPathCommandInput,
  GetParametersCommand,
  PutParameterCommand,
  paginateGetParametersByPath,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rejectionOf } from '../fixtures/aws.ts';
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
  test('answers the latest version with all that is known of it', async () => {
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
    ['/app/settings:1', 'first'],
    ['arn:aws:ssm:eu-central-1:123456789012:parameter/app/settings', 'second'],
    ['plain', 'p'],
  ])('finds %s', async (Name, Value) => {
    const { Parameter } = await ssm.client.send(new GetParameterCommand({ Name }));
    expect(Parameter).toMatchObject({ Value });
  });

  test.each([
    ['/none', 'ParameterNotFound', 'Parameter /none not found.'],
    [
      '/app/settings:9',
      'ParameterVersionNotFound',
      'Systems Manager could not find version 9 of /app/settings. Verify the version and try again.',
    ],
  ])('does not find %s', async (Name, name, message) => {
    expect(await rejectionOf(ssm.client.send(new GetParameterCommand({ Name })))).toEqual({ name, message });
  });
});

describe('GetParameters', () => {
  test('answers those that are there and names those that are not', async () => {
    const { Parameters, InvalidParameters } = await ssm.client.send(
      new GetParametersCommand({ Names: ['plain', '/none', '/app/settings:1'] }),
    );
    expect(Parameters?.map(({ Name, Value, Selector }) => [Name, Value, Selector])).toEqual([
      ['plain', 'p', undefined],
      ['/app/settings', 'first', ':1'],
    ]);
    expect(InvalidParameters).toEqual(['/none']);
  });

  test('takes ten names at most', async () => {
    const refused = await rejectionOf(
      ssm.client.send(new GetParametersCommand({ Names: NUMBERED.slice(0, 11) })),
    );
    expect(refused.message).toMatch(
      /at 'names' failed to satisfy constraint: Member must have length less than or equal to 10$/,
    );
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

  test('answers ten a page and no more, and every parameter once', async () => {
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
      'Filters of GetParametersByPath are not served here; leave them out.',
    ],
  ])('refuses %j', async (input, name, message) => {
    expect(await rejectionOf(byPath(input))).toEqual({ name, message });
  });
});

describe('GetParameterHistory', () => {
  test('answers the versions, the oldest first', async () => {
    const { Parameters } = await ssm.client.send(new GetParameterHistoryCommand({ Name: '/app/settings' }));
    expect(Parameters?.map(({ Version, Value }) => [Version, Value])).toEqual([
      [1, 'first'],
      [2, 'second'],
    ]);
  });

  test('does not find what is not there', async () => {
    expect(await rejectionOf(ssm.client.send(new GetParameterHistoryCommand({ Name: '/none' })))).toEqual({
      name: 'ParameterNotFound',
      message: 'Parameter /none not found.',
    });
  });
});

describe('DescribeParameters', () => {
  const filtered = (filter: { Key: string; Option?: string; Values?: string[] }) =>
    ssm.client.send(new DescribeParametersCommand({ ParameterFilters: [filter] }));

  test.each([
    [{ Key: 'Name', Values: ['plain', '/application/x'] }, ['/application/x', 'plain']],
    [
      { Key: 'Name', Option: 'BeginsWith', Values: ['/app/'] },
      ['/app/policies/gold', '/app/policies/silver', '/app/settings'],
    ],
    [{ Key: 'Name', Option: 'Contains', Values: ['silv'] }, ['/app/policies/silver']],
    [
      { Key: 'Path', Option: 'Recursive', Values: ['/app'] },
      ['/app/policies/gold', '/app/policies/silver', '/app/settings'],
    ],
    [{ Key: 'Path', Values: ['/app'] }, ['/app/settings']],
    [{ Key: 'Type', Values: ['SecureString'] }, []],
  ])('filters by %j', async (filter, names) => {
    const { Parameters } = await filtered(filter);
    expect(Parameters?.map(({ Name }) => Name)).toEqual(names);
  });

  test('tells no values', async () => {
    const { Parameters } = await filtered({ Key: 'Name', Values: ['plain'] });
    expect(Parameters?.[0]).not.toHaveProperty('Value');
  });

  test.each([
    [
      { Key: 'Colour', Values: ['red'] },
      'InvalidFilterKey',
      'Colour is not served here; served are Name, Path, Type, Tier.',
    ],
    [
      { Key: 'Path', Option: 'Equals', Values: ['/app'] },
      'InvalidFilterOption',
      'Equals is not an option of Path; served are OneLevel, Recursive.',
    ],
  ])('refuses %j', async (filter, name, message) => {
    expect(await rejectionOf(filtered(filter))).toEqual({ name, message });
  });
});
