import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DeleteParametersCommand,
  GetParameterCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
} from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { postJson, rejectionOf } from '../fixtures/aws.ts';
import { startSsmEndpoint } from '../fixtures/ssm.ts';

let ssm: Awaited<ReturnType<typeof startSsmEndpoint>>;

beforeEach(async () => {
  ssm = await startSsmEndpoint();
});

afterEach(() => ssm.stop());

const put = (Name: string, Tags?: { Key: string; Value: string }[]) =>
  ssm.client.send(new PutParameterCommand({ Name, Value: 'x', Type: 'String', Tags }));

const resource = (ResourceId: string) => ({ ResourceType: 'Parameter' as const, ResourceId });

const tags = async (name: string) =>
  (await ssm.client.send(new ListTagsForResourceCommand(resource(name)))).TagList;

describe('DeleteParameter', () => {
  test('deletes a parameter with its versions, and tells of it', async () => {
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

  test('does not find what is not there', async () => {
    expect(await rejectionOf(ssm.client.send(new DeleteParameterCommand({ Name: '/a' })))).toEqual({
      name: 'ParameterNotFound',
      message: 'Parameter /a not found.',
    });
    expect(ssm.changes).toEqual([]);
  });
});

test('DeleteParameters deletes what is there and names what is not', async () => {
  await put('/a');
  await put('/b');
  const deleted = await ssm.client.send(new DeleteParametersCommand({ Names: ['/a', '/none', '/b'] }));
  expect(deleted).toMatchObject({ DeletedParameters: ['/a', '/b'], InvalidParameters: ['/none'] });
});

describe('tags of a parameter', () => {
  test('are set with it, added, replaced and removed', async () => {
    await put('/a', [{ Key: 'team', Value: 'red' }]);
    const Tags = [
      { Key: 'team', Value: 'blue' },
      { Key: 'stage', Value: 'test' },
    ];
    await ssm.client.send(new AddTagsToResourceCommand({ ...resource('/a'), Tags }));
    expect(await tags('/a')).toEqual(Tags);
    await ssm.client.send(
      new RemoveTagsFromResourceCommand({ ...resource('/a'), TagKeys: ['team', 'none'] }),
    );
    expect(await tags('/a')).toEqual([{ Key: 'stage', Value: 'test' }]);
  });

  test('go with it', async () => {
    await put('/a', [{ Key: 'team', Value: 'red' }]);
    await ssm.client.send(new DeleteParameterCommand({ Name: '/a' }));
    await put('/a');
    expect(await tags('/a')).toEqual([]);
  });

  test('are those of a parameter that is there, 50 at most', async () => {
    expect(await rejectionOf(tags('/none'))).toEqual({
      name: 'InvalidResourceId',
      message: 'Parameter /none not found.',
    });
    await put('/a');
    const Tags = Array.from({ length: 51 }, (_, index) => ({ Key: String(index), Value: '' }));
    const added = ssm.client.send(new AddTagsToResourceCommand({ ...resource('/a'), Tags }));
    expect(await rejectionOf(added)).toEqual({
      name: 'TooManyTagsError',
      message: 'A parameter can have 50 tags; it would have 51.',
    });
  });
});

test('an operation that is not served is named, with those that are', async () => {
  const { status, body } = await postJson(ssm.url, 'AmazonSSM.SendCommand', {});
  expect(status).toBe(400);
  expect(body).toEqual({
    __type: 'UnknownOperationException',
    message:
      'AmazonSSM.SendCommand is not served here; served are AddTagsToResource, DeleteParameter, DeleteParameters, ' +
      'DescribeParameters, GetParameter, GetParameterHistory, GetParameters, GetParametersByPath, ' +
      'ListTagsForResource, PutParameter, RemoveTagsFromResource.',
  });
});
