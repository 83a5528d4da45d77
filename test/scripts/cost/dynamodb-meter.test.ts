import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import type { RequestLogEntry } from '../../../local/endpoint/request-log.ts';
import { DynamoDbMeter } from '../../../scripts/cost/dynamodb-meter.ts';
import { itemBytes } from '../../../scripts/cost/item-size.ts';

type Attributes = Record<string, AttributeValue>;

const logEntry = (name: string, request: object, response: object = {}, status = 200): RequestLogEntry => ({
  name: `dynamodb.${name}`,
  requestBody: () => JSON.stringify(request),
  status,
  responseBody: () => JSON.stringify(response),
  startedAt: 0,
  endedAt: 0,
});

const put = (more: Attributes, status = 200) =>
  logEntry('PutItem', { Item: { pk: { S: 'i#c' }, ...more } }, {}, status);
const text = (length: number) => ({ S: 'x'.repeat(length) });
const pending = (urgency: string) => ({ pendingIn: { S: 'i' }, urgency: { S: urgency } });

describe('the size of an item', () => {
  test.each<{ name: string; value: AttributeValue; bytes: number }>([
    { name: 'a string in UTF-8', value: { S: 'é' }, bytes: 2 },
    { name: 'a number by pairs of digits', value: { N: '12345' }, bytes: 4 },
    { name: 'a number without its zeros at either end', value: { N: '-0.0120' }, bytes: 2 },
    { name: 'a boolean', value: { BOOL: true }, bytes: 1 },
    { name: 'a list with its elements', value: { L: [{ S: 'ab' }, { S: 'c' }] }, bytes: 3 + 3 + 2 },
    { name: 'a map with its keys', value: { M: { key: { S: 'ab' } } }, bytes: 3 + 1 + 3 + 2 },
  ])('counts $name', ({ value, bytes }) => {
    expect(itemBytes({ name: value })).toBe('name'.length + bytes);
  });
});

describe('DynamoDB charges', () => {
  test('a write by the KB, rounded up, of the larger of the old and the new item', () => {
    const meter = new DynamoDbMeter();
    expect(meter.countUnits(put({ a: text(1_000) }))).toEqual({ read: 0, write: 1 });
    expect(meter.countUnits(put({ a: text(2_000) }))).toEqual({ read: 0, write: 2 });
    expect(meter.countUnits(put({}))).toEqual({ read: 0, write: 2 });
    expect(meter.countUnits(put({}))).toEqual({ read: 0, write: 1 });
  });

  test('a write to an index when an entry is added, moved or removed, and none when it is unchanged', () => {
    const meter = new DynamoDbMeter();
    expect(meter.countUnits(put(pending('1'))).write).toBe(2);
    expect(meter.countUnits(put({ ...pending('1'), other: { S: 'x' } })).write).toBe(1);
    expect(meter.countUnits(put(pending('2'))).write).toBe(3);
    expect(meter.countUnits(put({})).write).toBe(2);
  });

  test('a write whose condition is false, but not its indexes', () => {
    const meter = new DynamoDbMeter();
    expect(meter.countUnits(put(pending('1'), 400)).write).toBe(1);
    expect(meter.countUnits(put(pending('1'))).write).toBe(2);
  });

  test('a consistent read by 4 KB, rounded up, per item, and a missing item', () => {
    const meter = new DynamoDbMeter();
    const found = { pk: { S: 'i#c' }, a: text(4_096) };
    expect(meter.countUnits(logEntry('GetItem', { ConsistentRead: true }, { Item: found })).read).toBe(2);
    expect(meter.countUnits(logEntry('GetItem', { ConsistentRead: true })).read).toBe(1);
    const keys = [{ pk: { S: 'i#c' } }, { pk: { S: 'i#d' } }];
    const request = { RequestItems: { T: { Keys: keys, ConsistentRead: true } } };
    expect(meter.countUnits(logEntry('BatchGetItem', request, { Responses: { T: [found] } })).read).toBe(3);
  });

  test('half as much for a page of an index, whose entries count as one', () => {
    const meter = new DynamoDbMeter();
    const Items = Array.from({ length: 50 }, () => ({ a: text(100) }));
    expect(meter.countUnits(logEntry('Query', {}, { Items })).read).toBe(1);
  });

  test('no unknown operation', () => {
    expect(() => new DynamoDbMeter().countUnits(logEntry('TransactWriteItems', {}))).toThrow(
      new TypeError(
        'DynamoDbMeter does not know the request units of dynamodb.TransactWriteItems; add them.',
      ),
    );
  });
});
