import { isObject, type JsonObject } from '../../../lambda/domain/json.ts';
import { tryParseJson } from './parse-json.ts';

/**
 * An event with the members of its detail in names with dots, as Logs Insights, OpenSearch and tables have them, as it
 * was: `{"detail.eventType":"QUEUED"}` is `{"detail":{"eventType":"QUEUED"}}`. Undefined for any other object.
 */
export function withNestedDetail(item: JsonObject): JsonObject | undefined {
  const names = Object.keys(item);
  if (isObject(item.detail) || !names.some((name) => /^detail\.eventType$/i.test(name))) return undefined;
  const nested: Record<string, unknown> = {};
  for (const name of names) put(nested, keysOf(name), item[name]);
  return nested;
}

/**
 * The detail of an event with its objects as objects, where a table, a CSV file or another program has written them as
 * JSON in strings: `{"queueInfo":"{\"queueArn\":…}"}`.
 */
export function withParsedMembers(detail: JsonObject): JsonObject {
  const parsed = Object.entries(detail).flatMap(([name, value]) => {
    const object = typeof value === 'string' && /^\s*\{/.test(value) ? tryParseJson(value) : undefined;
    return isObject(object) ? [[name, object] as const] : [];
  });
  return parsed.length === 0 ? detail : { ...detail, ...Object.fromEntries(parsed) };
}

/** The names of tags and of segment attributes may have dots themselves. */
function keysOf(name: string): string[] {
  const [, tag] = /^detail\.tags\.(.+)$/.exec(name) ?? [];
  if (tag !== undefined) return ['detail', 'tags', tag];
  const [, attribute, type] = /^detail\.segmentAttributes\.(.+)\.(value\w+)$/i.exec(name) ?? [];
  if (attribute !== undefined && type !== undefined) return ['detail', 'segmentAttributes', attribute, type];
  return name.startsWith('detail.') ? name.split('.') : [name];
}

function put(target: Record<string, unknown>, keys: readonly string[], value: unknown): void {
  const [key = '', ...rest] = keys;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const inner = Object.hasOwn(target, key) ? target[key] : undefined;
  const child: Record<string, unknown> = isObject(inner) ? { ...inner } : {};
  put(child, rest, value);
  target[key] = child;
}
