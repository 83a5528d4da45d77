import { isObject } from '../../../lambda/domain/json.ts';
import type { RecordingEntry } from '../../../sim/replay/recording-entry.ts';
import { decodeBase64 } from './embedded-text.ts';
import { findEntries, findEntriesInText } from './find-entries.ts';
import { describeForeign } from './foreign-records.ts';
import { JsonScanner, MAX_VALUE_LENGTH, type Piece, type Place } from './json-scanner.ts';
import { withoutLinePrefixes } from './line-prefixes.ts';
import { plainName, timeInText } from './log-time.ts';
import { tryParseJson } from './parse-json.ts';
import { describeSplit } from './split-events.ts';
import type { TextSource } from './text-source.ts';

/** An entry or a problem, with its place in the source, such as `events.jsonl:12`. */
export type LocatedEntry = { readonly where: string } & (
  | { readonly entry: RecordingEntry }
  | { readonly problem: string }
);

/** The text of a chunk that is scanned at a time, in characters. */
const CHUNK_LENGTH = 2 ** 16;

type JsonPiece = Extract<Piece, { kind: 'json' | 'csv' }>;

/** A line without an entry, which may belong to the entry on the next one. */
interface PendingText extends Place {
  readonly text: string;
  /** What stands before it on its line. Default: nothing. */
  readonly before?: string;
}

/**
 * Reads the entries of a recording: the contact events, rule events and rule messages in any JSON, whatever is around
 * them. What is not readable is a problem with its place, and what follows is read.
 */
export async function* readEntries(source: TextSource): AsyncGenerator<LocatedEntry> {
  const scanner = new JsonScanner();
  const reader = new PieceReader(source.name);
  const warnings: string[] = [];
  let isCut = false;
  const onWarning = (warning: string, isEndMissing: boolean) => {
    warnings.push(warning);
    isCut ||= isEndMissing;
  };
  for await (const text of withoutLinePrefixes(withoutColours(source.read(onWarning)))) {
    for (let start = 0; start < text.length; start += CHUNK_LENGTH) {
      const pieces = scanner.push(text.slice(start, start + CHUNK_LENGTH));
      for (const piece of pieces) yield* reader.read(piece);
    }
  }
  for (const piece of scanner.end()) if (!isCut || piece.kind === 'json') yield* reader.read(piece);
  yield* reader.end();
  for (const problem of warnings) yield { where: source.name, problem };
}

const ESCAPE = '\u001b';
const COLOUR = new RegExp(`${ESCAPE}\\[[\\d;]{0,20}m`, 'g');
const BEGUN_COLOUR = new RegExp(`${ESCAPE}(?:\\[[\\d;]{0,20})?$`);

/** Leaves out what colours a text in a terminal, as `jq -C` and `aws logs tail --color on` write it into files. */
async function* withoutColours(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let begun = '';
  for await (const chunk of chunks) {
    const text = begun + chunk;
    [begun = ''] = BEGUN_COLOUR.exec(text.slice(-30)) ?? [];
    const whole = text.slice(0, text.length - begun.length);
    yield whole.includes(ESCAPE) ? whole.replaceAll(COLOUR, '') : whole;
  }
  if (begun !== '') yield begun;
}

/** Turns the pieces of one source into entries. */
class PieceReader {
  readonly #name: string;
  #pending: PendingText | undefined;
  /** Where the last value of this line was. */
  #lastLine = 0;
  /** The line of the last entry. */
  #entryLine = 0;

  constructor(name: string) {
    this.#name = name;
  }

  *read(piece: Piece): Generator<LocatedEntry> {
    switch (piece.kind) {
      case 'json':
      case 'csv':
        yield* this.#readJson(piece);
        break;
      case 'text':
        yield* this.#readText(piece.text, piece.place);
        break;
      case 'broken':
        yield* this.end();
        yield this.#notJson(piece.text, piece.place);
        break;
      case 'large':
        yield* this.end();
        yield {
          where: this.#where(piece.place),
          problem: `This value is longer than ${MAX_VALUE_LENGTH / 2 ** 20} MB and was skipped: an event has at most 1 MB.`,
        };
    }
    this.#lastLine = piece.place.line;
  }

  /** The source, or what could belong together, has ended. */
  *end(): Generator<LocatedEntry> {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending) yield this.#notJson(pending.text, pending);
  }

  *#readJson({ kind, text, place, before, isMember }: JsonPiece): Generator<LocatedEntry> {
    const value = kind === 'json' ? tryParseJson(text) : text;
    if (isWord(value, text)) {
      if (this.#pending?.line !== place.line) yield* this.end();
      this.#pending ??= { text, before, ...place };
      return;
    }
    const loggedAt = timeInText(before) ?? this.#timeOfPending(before) ?? this.#timeBeforeWord(place);
    const where = this.#where(place);
    yield* this.#endBefore(place, kind, before);
    if (value === undefined && text.startsWith('[')) {
      // A list with a comma too many, or with one bad member.
      yield* this.#readMembers(text, place);
      return;
    }
    const entries = kind === 'csv' ? findEntriesInText(text, loggedAt) : findEntries(value, loggedAt);
    const isColumn = before.trim() !== '' && isListOfWords(value);
    if (entries && !isColumn) {
      this.#entryLine = place.line;
      for (const entry of entries) yield { where, ...describe(entry) };
    } else if (isColumn || isListOfWords(tryParseCsvField(kind, text))) {
      // Another column of a row with an event, such as its resources.
      if (this.#entryLine !== place.line) this.#pending = { text, ...place };
    } else if (isMember || (Array.isArray(value) && value.length === 0)) return;
    else if (isObject(value)) yield { where, ...describe({ value }) };
    else yield this.#notJson(text, place);
  }

  /** Reads each member of a list that is not JSON as a whole. */
  *#readMembers(list: string, place: Place): Generator<LocatedEntry> {
    const scanner = new JsonScanner();
    for (const piece of [...scanner.push(list.slice(1)), ...scanner.end()])
      yield* this.read({ ...piece, place });
    yield* this.end();
  }

  *#readText(text: string, place: Place): Generator<LocatedEntry> {
    yield* this.end();
    const where = this.#where(place);
    const decoded = text.split(/[\s,;"']+/).flatMap((word) => decodeBase64(word) ?? []);
    const loggedAt = timeInText(text);
    const entries = [...decoded, ...unescapeJson(text)].flatMap(
      (inner) => findEntriesInText(inner, loggedAt) ?? [],
    );
    if (entries.length > 0) for (const entry of entries) yield { where, ...describe(entry) };
    else this.#pending = { text, ...place };
  }

  /** `aws logs tail --format json` prints the time on a line before the entry. */
  #timeOfPending(before: string): number | undefined {
    return before.trim() === '' ? timeInText(this.#pending?.text.slice(0, 200) ?? '') : undefined;
  }

  /** journald writes `TIME host name[4711]: ` before the entry. */
  #timeBeforeWord({ line }: Place): number | undefined {
    return this.#pending?.line === line ? timeInText(this.#pending.before ?? '') : undefined;
  }

  /** Forgets a line that belongs to the entry after it, and reports any other. */
  *#endBefore(place: Place, kind: 'json' | 'csv', before: string): Generator<LocatedEntry> {
    const pending = this.#pending;
    if (!pending) return;
    const isTimeLine = this.#timeOfPending(before) !== undefined && pending.line === place.line - 1;
    const isSameLine = pending.line === place.line;
    const isFirst = pending.line === 1 && this.#lastLine === 1;
    const isHeader = isFirst && (kind === 'csv' || before.trim() !== '' || isColumnName(pending.text));
    if (isTimeLine || isSameLine || isHeader) this.#pending = undefined;
    else yield* this.end();
  }

  #where({ line, column }: Place): string {
    const isFirst = column === 1 || line !== this.#lastLine;
    return `${this.#name}:${line}${isFirst ? '' : `:${column}`}`;
  }

  #notJson(text: string, place: Place): LocatedEntry {
    const problem = `The line is not JSON: ${shorten(text)}; expected one JSON object per line.${howToConvert(text)}`;
    return { where: this.#where(place), problem };
  }
}

/** How to make JSON of a text that other programs write instead of it; empty for any other text. */
function howToConvert(text: string): string {
  const found = CONVERSIONS.find(([form]) => form.test(text));
  return found ? ` ${found[1]}` : '';
}

/** Members of an event and of its envelopes, with which lines in other notations begin. */
const MEMBERS =
  'version|detail-type|source|account|time|region|resources|detail|eventType|contactId|events|message|eventId';

const CONVERSIONS: readonly (readonly [RegExp, string])[] = [
  [/^[A-Za-z_$][\w$]*: .*,$/, 'JavaScript printed it: print JSON.stringify(event) instead.'],
  [/^[[{(]*\s*u?'[\w-]+'\s*:/, 'Python printed it: print json.dumps(event) instead.'],
  [/^"?\{[\w-]+=/, 'Athena printed a struct: select json_format(CAST(detail AS JSON)) instead.'],
  [
    /^[^"{[]*,\s*"\s*(?:""|[[{]"?\s*$)/,
    'Each row has one line of an event: ' +
      'python3 -c "import csv, sys; [print(row[-1]) for row in csv.reader(sys.stdin)]" < FILE | escalator replay - …',
  ],
  [/^7b(?:[\da-f]{2}){8,}$/i, 'It is hexadecimal: xxd -r -p makes a text of it.'],
  [/^%7b/i, 'It is percent-encoded: jq -Rr @urid makes a text of it.'],
  [/&quot;/, 'It is written for HTML: replace &quot; by straight quotes, and &amp; by &.'],
  [/[{[,]\s*[“”]/, 'It has typographic quotes: replace them by straight ones.'],
  [/^[A-Za-z\d+/]{60,}={0,2}$/, 'It is base64 in several lines: base64 -d FILE | escalator replay - …'],
  [new RegExp(`^(?:- )?'?(?:${MEMBERS})'?:(?:\\s|$)`), 'It is YAML: yq -o json FILE | escalator replay - …'],
];

/** JSON that was copied from within a JSON string: `{\"version\":…`. */
function unescapeJson(text: string): string[] {
  if (!/[{[]\s*\\"/.test(text)) return [];
  const value = tryParseJson(`"${text.replace(/^"|"$/g, '')}"`);
  return typeof value === 'string' ? [value] : [];
}

/** Whether a value is a list of texts without JSON in them, such as the ARNs in the resources of an event. */
function isListOfWords(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((member) => typeof member === 'string' && !member.includes('{') && !decodeBase64(member))
  );
}

function tryParseCsvField(kind: 'json' | 'csv', text: string): unknown {
  return kind === 'csv' ? tryParseJson(text) : undefined;
}

/** Whether a value is no more than a word of a log line, such as `[main]` or `[4711]` before the entry. */
function isWord(value: unknown, text: string): boolean {
  if (value === undefined) return !text.includes('"');
  return Array.isArray(value) && value.length > 0 && value.every((member) => typeof member === 'number');
}

function isColumnName(text: string): boolean {
  return ['message', 'event', 'body', 'data', 'detail', 'json', 'raw'].includes(plainName(text));
}

/** An entry that carries a text, which is not JSON, is a problem that names the text. So is a record of another kind. */
function describe(entry: RecordingEntry): { entry: RecordingEntry } | { problem: string } {
  const split = isMeantAsInput(entry.value) ? undefined : describeSplit(entry.value);
  if (split !== undefined) return { problem: split };
  const text = messageOf(entry.value);
  if (text !== undefined) return { problem: `Its message is not JSON: ${shorten(text)}.` };
  const problem = describeForeign(entry.value);
  return problem === undefined ? { entry } : { problem };
}

/** Whether a value has what events and rule messages have. */
function isMeantAsInput(value: unknown): boolean {
  return isObject(value) && ('detail' in value || 'type' in value || 'eventType' in value);
}

function messageOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) {
    const row = value.find((member) => isObject(member) && member.field === '@message');
    return isObject(row) && typeof row.value === 'string' ? row.value : undefined;
  }
  if (!isObject(value) || isMeantAsInput(value)) return undefined;
  const name = Object.keys(value).find((key) => ['message', 'body'].includes(plainName(key)));
  const text = name === undefined ? undefined : value[name];
  return typeof text === 'string' ? text : undefined;
}

/** Shortens a text for an error message: it may contain personal data. */
function shorten(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
