import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { postJson } from '../fixtures/aws.ts';
import { rejectionOf } from '../fixtures/rejection.ts';
import { startSsmEndpoint } from '../fixtures/ssm.ts';

let ssm: Awaited<ReturnType<typeof startSsmEndpoint>>;

beforeEach(async () => {
  ssm = await startSsmEndpoint();
});

afterEach(() => ssm.stop());

const put = (Name: string) => ssm.client.send(new PutParameterCommand({ Name, Value: 'x', Type: 'String' }));

describe('DeleteParameter', () => {
  test('deletes a parameter with its versions, and publishes the change', async () => {
    await put('/a');
    await ssm.client.send(new DeleteParameterCommand({ Name: '/a' }));
    expect((await rejectionOf(ssm.client.send(new GetParameterCommand({ Name: '/a' })))).name).toBe(
      'ParameterNotFound',
    );
    expect(ssm.changes.map(({ operation, name }) => [operation, name])).toEqual([
      ['Create', '/a'],
      ['Delete', '/a'],
    ]);
    expect(await put('/a')).toMatchObject({ Version: 1 });
  });

  test('rejects a parameter that does not exist', async () => {
    expect(await rejectionOf(ssm.client.send(new DeleteParameterCommand({ Name: '/a' })))).toMatchObject({
      name: 'ParameterNotFound',
      message: 'Parameter /a not found.',
    });
    expect(ssm.changes).toEqual([]);
  });
});

test('an unsupported operation is rejected with a list of the supported ones', async () => {
  const { status, body } = await postJson(ssm.url, 'AmazonSSM.SendCommand', {});
  expect(status).toBe(400);
  expect(body).toEqual({
    __type: 'UnknownOperationException',
    message:
      'AmazonSSM.SendCommand is not supported by the local endpoint. It supports DeleteParameter, GetParameter, ' +
      'GetParameterHistory, GetParametersByPath, PutParameter.',
  });
});
