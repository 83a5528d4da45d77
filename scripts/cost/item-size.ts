import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item in DynamoDB JSON. */
export type Item = Readonly<Record<string, AttributeValue>>;

/**
 * The size of an item in bytes, as DynamoDB counts it.
 *
 * Source: DynamoDB developer guide, "DynamoDB item sizes and formats". The size of numbers is approximate
 * there: one byte per two significant digits, and one more.
 */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + utf8(name) + valueBytes(value), 0);
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return utf8(value.S);
  if (value.N !== undefined) return 1 + Math.ceil(value.N.replace(/^-?0*\.?0*|\.|0+$/g, '').length / 2);
  if (value.B) return Buffer.from(value.B as unknown as string, 'base64').length;
  if (value.L) return 3 + value.L.reduce((sum, element) => sum + 1 + valueBytes(element), 0);
  if (value.M) {
    return (
      3 + Object.entries(value.M).reduce((sum, [key, member]) => sum + 1 + utf8(key) + valueBytes(member), 0)
    );
  }
  return 1;
}

const utf8 = (text: string) => Buffer.byteLength(text);
