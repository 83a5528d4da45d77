import { isObject } from '../../lambda/domain/json.ts';
import type { RecordingEntry } from '../../sim/replay/recording-entry.ts';
import { readLines, type TextSource } from './text-source.ts';

/** An entry and where it stands, or what is wrong there. */
export type LocatedEntry = { readonly where: string } & (
  | { readonly entry: RecordingEntry }
  | { readonly problem: string }
);

/** When a line was logged, as `aws logs tail` and exports to S3 put it before the line. */
const LOG_TIMESTAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))\s/;

/**
 * The entries of a recording: JSON objects one a line, each maybe behind the time and the stream of a log; or one JSON
 * document, a list of them or what `aws logs filter-log-events` prints. A log's own wrapping is taken off.
 */
export async function* readEntries(source: TextSource): AsyncGenerator<LocatedEntry> {
  if (await isOneDocument(source)) {
    const document = await readWholeDocument(source);
    if (document !== undefined) {
      let index = 0;
      for (const value of entriesOfDocument(document)) {
        index += 1;
        yield* unwrapLogEntry({ value }, `${source.name}, entry ${index}`);
      }
      return;
    }
  }
  let number = 0;
  for await (const line of readLines(source)) {
    number += 1;
    if (line.trim() !== '') yield* parseLine(line.trim(), `${source.name}:${number}`);
  }
}

function* parseLine(line: string, where: string): Generator<LocatedEntry> {
  const value = tryParseJson(line);
  if (value !== undefined) {
    yield* unwrapLogEntry({ value }, where);
    return;
  }
  const stamp = LOG_TIMESTAMP.exec(line)?.[1];
  const logged = stamp === undefined ? undefined : tryParseJson(line.slice(line.indexOf('{')));
  if (stamp !== undefined && logged !== undefined) {
    yield* unwrapLogEntry({ value: logged, loggedAt: Date.parse(stamp) }, where);
  } else yield { where, problem: `This is no JSON: ${shorten(line)}; expected one JSON object a line.` };
}

/** Takes off what CloudWatch Logs puts around a line: `{"timestamp":…,"message":"{…}"}`. */
function* unwrapLogEntry(entry: RecordingEntry, where: string): Generator<LocatedEntry> {
  const { value } = entry;
  if (
    !isObject(value) ||
    typeof value.message !== 'string' ||
    value.detail !== undefined ||
    value.type !== undefined
  ) {
    yield { where, entry };
    return;
  }
  const inner = tryParseJson(value.message.trim());
  const loggedAt = typeof value.timestamp === 'number' ? { loggedAt: value.timestamp } : {};
  if (inner === undefined) yield { where, problem: `Its message is no JSON: ${shorten(value.message)}.` };
  else yield { where, entry: { value: inner, ...loggedAt } };
}

/** A document begins with a list, or with an object that goes on in the next lines. */
async function isOneDocument(source: TextSource): Promise<boolean> {
  for await (const line of readLines(source)) {
    const text = line.trim();
    if (text !== '')
      return text.startsWith('[') || (text.startsWith('{') && beginsDocument(text, tryParseJson(text)));
  }
  return false;
}

function beginsDocument(text: string, value: unknown): boolean {
  return value === undefined
    ? text === '{' || !text.endsWith('}')
    : isObject(value) && Array.isArray(value.events);
}

/** Undefined where the text is no JSON as a whole. */
async function readWholeDocument(source: TextSource): Promise<unknown> {
  const pieces: string[] = [];
  for await (const piece of source.read()) pieces.push(piece);
  return tryParseJson(pieces.join(''));
}

function entriesOfDocument(document: unknown): readonly unknown[] {
  if (Array.isArray(document)) return document;
  return isObject(document) && Array.isArray(document.events) ? document.events : [document];
}

function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Short, since it may hold a customer's data, and one look is enough to know what it is. */
function shorten(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
