import { isObject, type JsonObject } from '../../../lambda/domain/json.ts';

const TYPES: readonly string[] = ['S', 'N', 'BOOL', 'NULL', 'M', 'L', 'B', 'SS', 'NS', 'BS'];

/**
 * The plain members of an item as DynamoDB writes it, with a type around each value: `{"eventType":{"S":"QUEUED"}}`.
 * Undefined for any other object.
 */
export function fromDynamoDb(item: JsonObject): JsonObject | undefined {
  const members = Object.entries(item);
  if (members.length === 0 || !members.every(([, value]) => isTyped(value))) return undefined;
  return Object.fromEntries(members.map(([name, value]) => [name, plain(value)]));
}

function isTyped(value: unknown): value is JsonObject {
  if (!isObject(value)) return false;
  const [type, ...others] = Object.keys(value);
  return type !== undefined && others.length === 0 && TYPES.includes(type);
}

function plain(value: unknown): unknown {
  if (!isTyped(value)) return value;
  const [[type, content] = []] = Object.entries(value);
  if (type === 'N') return Number(content);
  if (type === 'NULL') return null;
  if (type === 'L') return Array.isArray(content) ? content.map(plain) : content;
  if (type !== 'M' || !isObject(content)) return content;
  return Object.fromEntries(Object.entries(content).map(([name, member]) => [name, plain(member)]));
}
