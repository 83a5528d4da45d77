import { isObject } from '../../../lambda/domain/json.ts';
import { plainName } from './log-time.ts';
import { tryParseJson } from './parse-json.ts';

/** Names of members in which log tools have the text of an entry. */
const TEXT_NAMES: ReadonlySet<string> = new Set(['message', 'log', 'msg', 'body', 'line', 'text', 'value']);

/** The values that are looked at: a file of log entries shows at its beginning what they are. */
const MAX_VALUES = 200;

/** A line of pretty-printed JSON: brackets, or a name with a value. */
const LINE_OF_JSON = /^\s*(?:[[{]|[\]}],?|"(?:[^"\\]|\\.)*"\s*:\s.*)\s*$/;

/**
 * Says how to put an event together of which each line is a log entry of its own, as with events that are printed
 * over several lines in a container.
 *
 * @returns undefined for any other value.
 */
export function describeSplit(value: unknown): string | undefined {
  const queue: unknown[] = [value];
  for (let index = 0; index < Math.min(queue.length, MAX_VALUES); index++) {
    const one = queue[index];
    if (!Array.isArray(one) && !isObject(one)) continue;
    const found = Object.entries(one).find(([name, text]) => isTextName(name) && isLineOfJson(text));
    if (found) return adviceFor(filterFor(found[0], one));
    queue.push(...Object.values(one).slice(0, MAX_VALUES));
  }
  return undefined;
}

function isTextName(name: string): boolean {
  return TEXT_NAMES.has(plainName(name));
}

function isLineOfJson(text: unknown): boolean {
  return typeof text === 'string' && LINE_OF_JSON.test(text) && tryParseJson(text) === undefined;
}

/** The jq filter for the texts of all entries, at any depth. */
function filterFor(name: string, holder: object): string {
  // A field of a row of Logs Insights.
  if (name === 'value') {
    const { field } = holder as { readonly field?: unknown };
    return `.. | objects | select(.field == ${JSON.stringify(field ?? '@message')}) | .value`;
  }
  return `.. | objects | .${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)} // empty`;
}

function adviceFor(filter: string): string {
  return `Each log entry has one line of an event: jq -r '${filter}' FILE | escalator replay - …`;
}
