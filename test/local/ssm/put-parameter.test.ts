import {
  GetParameterCommand,
  GetParameterHistoryCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
} from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { postJson } from '../fixtures/aws.ts';
import { rejectionOf } from '../fixtures/rejection.ts';
import { startSsmEndpoint } from '../fixtures/ssm.ts';

let ssm: Awaited<ReturnType<typeof startSsmEndpoint>>;

beforeEach(async () => {
  ssm = await startSsmEndpoint();
});

afterEach(() => ssm.stop());

const put = (input: Partial<PutParameterCommandInput>) =>
  ssm.client.send(new PutParameterCommand({ Name: '/app/a', Value: 'one', Type: 'String', ...input }));

const value = async (name: string, decrypt = false) =>
  (await ssm.client.send(new GetParameterCommand({ Name: name, WithDecryption: decrypt }))).Parameter?.Value;

describe('PutParameter', () => {
  test('creates version 1, and further versions with Overwrite', async () => {
    expect(await put({})).toMatchObject({ Version: 1, Tier: 'Standard' });
    expect(await put({ Value: 'two', Overwrite: true })).toMatchObject({ Version: 2, Tier: 'Standard' });
    expect(await value('/app/a')).toBe('two');
  });

  test('keeps type and description when an overwrite omits them', async () => {
    await put({ Type: 'StringList', Description: 'Some letters.' });
    await put({ Type: undefined, Value: 'a,b', Overwrite: true });
    const { Parameters } = await ssm.client.send(new GetParameterHistoryCommand({ Name: '/app/a' }));
    expect(Parameters?.at(-1)).toMatchObject({
      Type: 'StringList',
      Description: 'Some letters.',
      Version: 2,
    });
  });

  test('refuses a value that refers to another parameter', async () => {
    expect(await rejectionOf(put({ Value: 'a {{b}}' }))).toMatchObject({
      name: 'ValidationException',
      message: 'Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.',
    });
  });

  test('hides the value of a SecureString without WithDecryption', async () => {
    await put({ Type: 'SecureString', Value: 'secret' });
    expect(await value('/app/a')).not.toBe('secret');
    expect(await value('/app/a', true)).toBe('secret');
  });

  test('accepts 4096 characters in the standard tier and 8192 in the advanced tier', async () => {
    expect(await put({ Name: '/app/s', Value: 'x'.repeat(4_096) })).toMatchObject({ Tier: 'Standard' });
    expect(await put({ Name: '/app/t', Value: 'x'.repeat(8_192), Tier: 'Advanced' })).toMatchObject({
      Tier: 'Advanced',
    });
    const tiering = { Tier: 'Intelligent-Tiering' } as const;
    expect(await put({ Name: '/app/i', Value: 'x', ...tiering })).toMatchObject({ Tier: 'Standard' });
    expect(await put({ Name: '/app/j', Value: 'x'.repeat(4_097), ...tiering })).toMatchObject({
      Tier: 'Advanced',
    });
  });

  test('publishes each change once, and none that was rejected', async () => {
    await put({ Description: 'First.' });
    await put({ Value: 'two', Overwrite: true });
    await rejectionOf(put({}));
    expect(ssm.changes).toEqual(
      ['Create', 'Update'].map((operation) => ({
        operation,
        name: '/app/a',
        type: 'String',
        description: 'First.',
        arn: 'arn:aws:ssm:eu-central-1:123456789012:parameter/app/a',
      })),
    );
  });

  const PATH_RULE =
    'If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a ' +
    'mix of letters, numbers and the following 3 symbols .-_';

  const rejections: [string, Partial<PutParameterCommandInput>, string, string][] = [
    [
      'an existing parameter, without Overwrite',
      { Name: '/app/existing' },
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    ],
    [
      'another type on an overwrite',
      { Name: '/app/existing', Type: 'SecureString', Overwrite: true },
      'HierarchyTypeMismatchException',
      "Parameter Store doesn't support changing a parameter type: it is String, not SecureString. Create a new, " +
        'unique parameter.',
    ],
    [
      'a new parameter without a type',
      { Type: undefined },
      'ValidationException',
      'A parameter type is required when you create a parameter.',
    ],
    [
      'an unknown type',
      { Type: 'Number' as 'String' },
      'ValidationException',
      "1 validation error detected: Value 'Number' at 'type' failed to satisfy constraint: Member must satisfy " +
        'enum value set: [String, StringList, SecureString]',
    ],
    [
      'an empty value',
      { Value: '' },
      'ValidationException',
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length " +
        'greater than or equal to 1',
    ],
    [
      'a value above the standard tier',
      { Value: 'x'.repeat(4_097) },
      'ValidationException',
      'Standard tier parameters support a maximum parameter value of 4096 characters; this one has 4097. To create ' +
        'a larger parameter value, upgrade the parameter to use the advanced-parameter tier.',
    ],
    [
      'a value above the advanced tier',
      { Value: 'x'.repeat(8_193), Tier: 'Advanced' },
      'ValidationException',
      'Advanced tier parameters support a maximum parameter value of 8192 characters; this one has 8193.',
    ],
    [
      'the standard tier for an advanced parameter',
      { Name: '/app/advanced', Tier: 'Standard', Overwrite: true },
      'ValidationException',
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the " +
        'advanced-parameter tier to the standard-parameter tier. Delete it and create it again.',
    ],
    [
      'a reserved name',
      { Name: '/AWS/thing' },
      'ValidationException',
      'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive). Found "/AWS/thing"; choose ' +
        'another first word.',
    ],
    [
      'a character that is not valid in names',
      { Name: '/app/a b' },
      'ValidationException',
      `Parameter name: "/app/a b" is not valid. ${PATH_RULE}`,
    ],
    [
      'a name that ends in a slash',
      { Name: '/app/' },
      'ValidationException',
      `Parameter name: "/app/" is not valid. ${PATH_RULE}`,
    ],
    [
      'a path without its first slash',
      { Name: 'app/a' },
      'ValidationException',
      'Parameter name must be a fully qualified name: "app/a" should begin with "/".',
    ],
    [
      'more than 15 levels',
      { Name: '/1'.repeat(16) },
      'HierarchyLevelLimitExceededException',
      `A hierarchy can have a maximum of 15 levels; "${'/1'.repeat(16)}" has 16.`,
    ],
    [
      'a value that the pattern does not allow',
      { Value: 'abc', AllowedPattern: '^\\d+$' },
      'ParameterPatternMismatchException',
      'Parameter value, cannot be validated against allowedPattern: ^\\d+$',
    ],
    [
      'an invalid pattern',
      { AllowedPattern: '(' },
      'InvalidAllowedPatternException',
      'AllowedPattern is not a regular expression: (',
    ],
    [
      'tags',
      { Tags: [{ Key: 'a', Value: 'b' }] },
      'ValidationException',
      'Tags is not supported by the local endpoint; omit it.',
    ],
    [
      'parameter policies',
      { Policies: '[]' },
      'ValidationException',
      'Policies is not supported by the local endpoint; omit it.',
    ],
  ];

  test.each(rejections)('rejects %s', async (_case, input, name, message) => {
    await put({ Name: '/app/existing' });
    await put({ Name: '/app/advanced', Tier: 'Advanced' });
    expect(await rejectionOf(put(input))).toMatchObject({ name, message });
    expect(ssm.changes).toHaveLength(2);
  });

  test.each([
    [
      { Value: 'x' },
      'ValidationException',
      "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
    ],
    [{ Name: 7, Value: 'x' }, 'SerializationException', 'Name must be a string.'],
    ['{', 'SerializationException', /^The body is not JSON: /],
    ['[]', 'SerializationException', 'The body is not a JSON object.'],
  ])('rejects the malformed request %j', async (body, __type, message) => {
    expect(await postJson(ssm.url, 'AmazonSSM.PutParameter', body)).toEqual({
      status: 400,
      body: { __type, message: expect.stringMatching(message) },
    });
  });

  test('keeps the last 100 versions', async () => {
    for (let version = 1; version <= 101; version += 1)
      await put({ Value: String(version), Overwrite: true });
    expect(await value('/app/a:2')).toBe('2');
    expect((await rejectionOf(value('/app/a:1'))).name).toBe('ParameterVersionNotFound');
  });
});
