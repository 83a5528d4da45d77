import { isObject } from '../../lambda/domain/json.ts';
import type { RecordingEntry } from '../../sim/replay/recording-entry.ts';
import { readLines, type TextSource } from './text-source.ts';

/** An entry or a problem, with its place in the source, such as `events.jsonl:12`. */
export type LocatedEntry = { readonly where: string } & (
  | { readonly entry: RecordingEntry }
  | { readonly problem: string }
);

/** The timestamp that `aws logs tail` and exports to S3 put before a line. */
const LOG_TIMESTAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))\s/;

/**
 * Reads the entries of a recording. It has one JSON object per line, optionally after the timestamp and
 * stream of a log, or it is one JSON document: a list, or the output of `aws logs filter-log-events`. The
 * wrapping of a log is removed.
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
  const timestamp = LOG_TIMESTAMP.exec(line)?.[1];
  const logged = timestamp === undefined ? undefined : tryParseJson(line.slice(line.indexOf('{')));
  if (timestamp !== undefined && logged !== undefined) {
    yield* unwrapLogEntry({ value: logged, loggedAt: Date.parse(timestamp) }, where);
  } else
    yield { where, problem: `The line is not JSON: ${shorten(line)}; expected one JSON object per line.` };
}

/** Removes the wrapping of CloudWatch Logs: `{"timestamp":…,"message":"{…}"}`. */
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
  if (inner === undefined) yield { where, problem: `Its message is not JSON: ${shorten(value.message)}.` };
  else yield { where, entry: { value: inner, ...loggedAt } };
}

/** Whether the source is one JSON document: it starts with a list, or with an object of several lines. */
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

/** Parses the whole text. @returns undefined when it is not JSON. */
async function readWholeDocument(source: TextSource): Promise<unknown> {
  const chunks: string[] = [];
  for await (const chunk of source.read()) chunks.push(chunk);
  return tryParseJson(chunks.join(''));
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

/** Shortens a text for an error message: it may contain personal data. */
function shorten(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
