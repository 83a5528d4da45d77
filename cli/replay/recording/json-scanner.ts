import { isUnseenSpace } from './unseen-spaces.ts';

/** The maximum number of characters of a value that is parsed as a whole. An EventBridge event has at most 1 MB. */
export const MAX_VALUE_LENGTH = 2 ** 20;

/** Deeper JSON is not read. Envelopes in envelopes need about ten. */
const MAX_DEPTH = 500;

/** Shorter strings cannot hold an event. */
const MIN_STRING_LENGTH = 20;

/** The maximum number of characters before a value on its line that are kept: a time, a log stream. */
const MAX_BEFORE_LENGTH = 1_000;

/** A place in a text; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A part of a text, in the order of the text. */
export type Piece = { readonly place: Place } & (
  | {
      /** JSON, or a quoted field of a CSV file without its quotes. Only its brackets have been checked. */
      readonly kind: 'json' | 'csv';
      readonly text: string;
      /** What stands before it on its line, after any other value. */
      readonly before: string;
      /** Whether it was cut out of an object that exceeds the limit. */
      readonly isMember: boolean;
    }
  /** A line without JSON. */
  | { readonly kind: 'text'; readonly text: string }
  /** JSON that is not complete or not correct, with its first line. */
  | { readonly kind: 'broken'; readonly text: string }
  /** A value that exceeds the limit and was skipped. */
  | { readonly kind: 'large' }
);

interface Frame extends Place {
  readonly isObject: boolean;
  readonly start: number;
  /** The names of members that make it an event. */
  marks: number;
  /** Start, end, line and column of each member that may contain an event. */
  spans: number[];
}

const MARKS: ReadonlyMap<string, number> = new Map([
  ['detail', 1],
  ['detailtype', 1],
  ['eventtype', 2],
  ['contactid', 4],
  ['instancearn', 8],
]);

type State = 'outside' | 'value' | 'key' | 'colon' | 'after' | 'string' | 'scalar' | 'quoted';

const QUOTE = 34;
const BACKSLASH = 92;
const NEWLINE = 10;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const COMMA = 44;
const COLON = 58;

/**
 * Finds the JSON in a text that comes in chunks: values one behind the other, with or without line ends, in lists, in
 * other objects, after the words of a log line, or in the quoted fields of a CSV file.
 *
 * It visits each character once, and a character of a line that may begin new JSON after broken JSON at most three
 * times. It holds at most the limit: a value that fits is one piece; a list or an object that does not fit is taken
 * apart, and each of its members is a piece. An event that does not fit is skipped.
 */
export class JsonScanner {
  /** The number of characters visited. */
  visited = 0;
  /** The maximum number of characters held. */
  peak = 0;
  readonly #limit: number;
  #text = '';
  /** The offset of the first character of `#text`; offsets count from the beginning of the input. */
  #base = 0;
  #at = 0;
  #line = 1;
  #lineStart = 0;
  #state: State = 'outside';
  #frames: Frame[] = [];
  /** The number of outer frames that exceed the limit and are taken apart. */
  #apart = 0;
  /** The index of the frame that is skipped; -1 without. */
  #skipped = -1;
  /** The offset of the value that is held to be a piece; -1 without. */
  #held = -1;
  #heldPlace: Place = { line: 1, column: 1 };
  /** Where to go on when the held value turns out to be broken: the first line in it that begins with a brace. */
  #restart = -1;
  #restartLine = 0;
  #rescanned = 0;
  #sawColon = false;
  #token = 0;
  #tokenPlace: Place = { line: 1, column: 1 };
  #isKey = false;
  #isEscaped = false;
  #isLarge = false;
  /** How a quoted field escapes quotes: unknown until the first one. */
  #quoting: 'unknown' | 'json' | 'csv' = 'unknown';
  #sawQuote = false;
  #isBlank = true;
  /** The text outside of values on this line, and its beginning. */
  #noise = '';
  #noiseHead = '';
  /** The last character of the chunk before this one. */
  #lastCode = NEWLINE;
  #noiseFrom = 0;
  #before = '';
  #lineHasValue = false;
  #pieces: Piece[] = [];

  /** @param limit - the maximum number of characters of a piece, and of a line without JSON that is kept. */
  constructor(limit = MAX_VALUE_LENGTH) {
    this.#limit = limit;
  }

  /** Scans the next chunk. @returns the pieces that end in it. */
  push(chunk: string): Piece[] {
    if (this.#text !== '') this.#lastCode = this.#text.charCodeAt(this.#text.length - 1);
    this.#text = this.#text.slice(this.#keepFrom() - this.#base) + chunk;
    this.#base = this.#at - (this.#text.length - chunk.length);
    this.peak = Math.max(this.peak, this.#text.length + this.#noise.length);
    this.#scan();
    if (this.#state === 'outside') this.#addNoise(this.#at);
    this.#takeApart(this.#at);
    return this.#takePieces();
  }

  /** The text has ended. @returns the last pieces. */
  end(): Piece[] {
    while (this.#state !== 'outside') {
      if (this.#state === 'quoted' && this.#sawQuote) this.#endQuoted(this.#at);
      else this.#fail(this.#at);
      this.#scan();
    }
    this.#endLine(this.#at);
    return this.#takePieces();
  }

  #takePieces(): Piece[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  #keepFrom(): number {
    if (this.#held >= 0) return this.#held;
    return this.#state === 'string' && this.#isKey ? this.#token : this.#at;
  }

  #scan(): void {
    const from = this.#at;
    const end = this.#base + this.#text.length;
    let rewound = 0;
    while (this.#at < end) {
      const before = this.#at;
      this.#step(end);
      if (this.#at < before) rewound += before - this.#at;
    }
    this.visited += this.#at - from + rewound;
  }

  /** Processes a character, or a run of characters that need no decision. It may go back after broken JSON. */
  #step(end: number): void {
    switch (this.#state) {
      case 'outside':
        this.#stepOutside(end);
        return;
      case 'string':
        this.#stepString(end);
        return;
      case 'scalar':
        this.#stepScalar(end);
        return;
      case 'quoted':
        this.#stepQuoted();
        return;
      default:
        this.#stepBetween();
        return;
    }
  }

  #code(offset: number): number {
    return this.#text.charCodeAt(offset - this.#base);
  }

  #place(offset: number): Place {
    return { line: this.#line, column: offset - this.#lineStart + 1 };
  }

  #newLine(): void {
    this.#line += 1;
    this.#lineStart = this.#at + 1;
  }

  #stepOutside(end: number): void {
    for (let at = this.#at; at < end; at++) {
      const code = this.#code(at);
      if (code !== NEWLINE && code !== OPEN_BRACE && code !== OPEN_BRACKET && code !== QUOTE) continue;
      this.#at = at;
      if (code === NEWLINE) {
        this.#endLine(at);
        this.#newLine();
        this.#at += 1;
        this.#noiseFrom = this.#at;
      } else if (code !== QUOTE) {
        this.#addNoise(at);
        this.#before = this.#noiseHead;
        this.#sawColon = false;
        this.#open(code === OPEN_BRACE);
      } else {
        this.#addNoise(at);
        if (/[\w\\"]/.test(String.fromCharCode(this.#previousCode(at)))) {
          this.#at += 1;
        } else {
          this.#before = this.#noiseHead;
          this.#hold(at);
          this.#state = 'quoted';
          this.#quoting = 'unknown';
          this.#sawQuote = false;
          this.#isEscaped = false;
          this.#isBlank = true;
          this.#at += 1;
        }
      }
      return;
    }
    this.#at = end;
  }

  #addNoise(to: number): void {
    if (to > this.#noiseFrom) {
      this.#appendNoise(this.#text.slice(Math.max(0, this.#noiseFrom - this.#base), to - this.#base));
    }
    this.#noiseFrom = to;
  }

  #appendNoise(text: string): void {
    // Apart from the noise: to cut its beginning off again and again would take quadratic time.
    this.#noiseHead += text.slice(0, MAX_BEFORE_LENGTH - this.#noiseHead.length);
    this.#noise += text.slice(0, this.#limit - this.#noise.length);
  }

  #clearNoise(): void {
    this.#noise = '';
    this.#noiseHead = '';
  }

  /** The character before an offset of the text outside of values. */
  #previousCode(at: number): number {
    return at > this.#base ? this.#code(at - 1) : this.#lastCode;
  }

  #endLine(at: number): void {
    this.#addNoise(at);
    // Commas and brackets are what is left of a list that was cut; a control character separates JSON texts.
    if (!this.#lineHasValue && /[^\s\p{Cc},;[\]{}()]/u.test(this.#noise)) {
      this.#pieces.push({ kind: 'text', text: this.#noise.trim(), place: { line: this.#line, column: 1 } });
    }
    this.#clearNoise();
    this.#lineHasValue = false;
  }

  #hold(at: number): void {
    this.#held = at;
    this.#heldPlace = this.#place(at);
    this.#restart = -1;
    this.#isLarge = false;
  }

  /** A value begins. */
  #begin(at: number): void {
    if (this.#held < 0 && this.#skipped < 0) this.#hold(at);
  }

  #open(isObject: boolean): void {
    const at = this.#at;
    if (this.#frames.length >= MAX_DEPTH) {
      this.#fail(at);
      return;
    }
    this.#begin(at);
    if (isObject && at === this.#lineStart && at > this.#held && this.#held >= 0 && this.#restart < 0) {
      this.#restart = at;
      this.#restartLine = this.#line;
    }
    this.#frames.push({ ...this.#place(at), isObject, start: at, marks: 0, spans: [] });
    this.#state = isObject ? 'key' : 'value';
    this.#at += 1;
  }

  #close(isObject: boolean): void {
    const frame = this.#frames.at(-1);
    if (frame?.isObject !== isObject) {
      this.#fail(this.#at);
      return;
    }
    this.#at += 1;
    this.#takeApart(this.#at);
    this.#frames.pop();
    if (this.#frames.length < this.#apart) {
      this.#apart = this.#frames.length;
      if (this.#skipped === this.#frames.length) {
        this.#skipped = -1;
        this.#pieces.push({ kind: 'large', place: { line: frame.line, column: frame.column } });
      }
      this.#goOnAfterValue();
    } else this.#end(frame.start, frame, true);
  }

  /** A value has ended before the current character. */
  #end(start: number, place: Place, canHoldEvent: boolean): void {
    const at = this.#at;
    if (this.#held === start) {
      if (this.#frames.length === 0 && at - start === 2) {
        // Empty brackets are no more than the words of a line.
        this.#appendNoise(this.#text.slice(start - this.#base, at - this.#base));
        this.#noiseFrom = at;
        this.#held = -1;
        this.#state = 'outside';
        return;
      }
      if (canHoldEvent) this.#pushValue('json', this.#text.slice(start - this.#base, at - this.#base));
      this.#held = -1;
    } else if (canHoldEvent && this.#held >= 0) {
      this.#frames.at(-1)?.spans.push(start, at, place.line, place.column);
    }
    this.#goOnAfterValue();
  }

  #goOnAfterValue(): void {
    if (this.#frames.length > 0) {
      this.#state = 'after';
      return;
    }
    this.#state = 'outside';
    this.#held = -1;
    this.#clearNoise();
    this.#noiseFrom = this.#at;
    this.#lineHasValue = true;
  }

  #pushValue(kind: 'json' | 'csv', text: string): void {
    const isWhole = this.#frames.length === 0;
    this.#pieces.push({
      kind,
      text,
      place: this.#heldPlace,
      before: isWhole ? this.#before : '',
      isMember: this.#frames.at(-1)?.isObject ?? false,
    });
  }

  /** Takes the outer lists and objects apart while the held value exceeds the limit. */
  #takeApart(at: number): void {
    while (this.#held >= 0 && at - this.#held > this.#limit) {
      const frame = this.#frames[this.#apart];
      if (frame?.start !== this.#held) {
        // A string, which cannot be taken apart.
        this.#held = -1;
        this.#isLarge = true;
        return;
      }
      if (isEvent(frame)) this.#skipped = this.#apart;
      else this.#pushMembers(frame);
      frame.spans = [];
      this.#apart += 1;
      const child = this.#frames[this.#apart];
      this.#held = -1;
      this.#restart = -1;
      if (this.#skipped >= 0) {
        this.#apart = this.#frames.length;
        return;
      }
      if (child) {
        this.#held = child.start;
        this.#heldPlace = { line: child.line, column: child.column };
      } else if (this.#state === 'string' && !this.#isKey) {
        this.#held = this.#token;
        this.#heldPlace = this.#tokenPlace;
      }
    }
  }

  #pushMembers({ spans, isObject }: Frame): void {
    for (let index = 0; index < spans.length; index += 4) {
      const [start = 0, end = 0, line = 0, column = 0] = spans.slice(index, index + 4);
      const text = this.#text.slice(start - this.#base, end - this.#base);
      this.#pieces.push({ kind: 'json', text, place: { line, column }, before: '', isMember: isObject });
    }
  }

  /** Between the tokens of a value. */
  #stepBetween(): void {
    const at = this.#at;
    const code = this.#code(at);
    if (code === 32 || code === 9 || code === 13 || isUnseenSpace(code)) {
      this.#at += 1;
      return;
    }
    if (code === NEWLINE) {
      this.#newLine();
      this.#at += 1;
      return;
    }
    switch (this.#state) {
      case 'colon':
        if (code !== COLON) {
          this.#fail(at);
          return;
        }
        this.#sawColon = true;
        this.#state = 'value';
        this.#at += 1;
        return;
      case 'after':
        if (code === COMMA) {
          this.#state = this.#frames.at(-1)?.isObject ? 'key' : 'value';
          this.#at += 1;
        } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) this.#close(code === CLOSE_BRACE);
        else this.#fail(at);
        return;
      case 'key':
        if (code === QUOTE) this.#openString(true);
        else if (code === CLOSE_BRACE) this.#close(true);
        else this.#fail(at);
        return;
      default:
        if (code === QUOTE) this.#openString(false);
        else if (code === OPEN_BRACE || code === OPEN_BRACKET) this.#open(code === OPEN_BRACE);
        else if (code === CLOSE_BRACKET) this.#close(false);
        else if (isScalarStart(code)) {
          this.#begin(at);
          this.#token = at;
          this.#state = 'scalar';
          this.#at += 1;
        } else this.#fail(at);
    }
  }

  #openString(isKey: boolean): void {
    this.#isKey = isKey;
    this.#isEscaped = false;
    this.#token = this.#at;
    this.#tokenPlace = this.#place(this.#at);
    if (!isKey) this.#begin(this.#at);
    this.#state = 'string';
    this.#at += 1;
  }

  #stepString(end: number): void {
    const text = this.#text;
    const base = this.#base;
    let at = this.#at;
    if (this.#isEscaped) {
      this.#isEscaped = false;
      if (this.#code(at) !== NEWLINE) at += 1;
    }
    for (; at < end; at++) {
      const code = text.charCodeAt(at - base);
      if (code === BACKSLASH) {
        if (at + 1 === end) this.#isEscaped = true;
        else if (text.charCodeAt(at + 1 - base) === NEWLINE) continue;
        at += 1;
      } else if (code === QUOTE) {
        this.#at = at + 1;
        this.#endString();
        return;
      } else if (code === NEWLINE) {
        this.#at = at;
        this.#fail(at);
        return;
      }
    }
    this.#at = Math.min(at, end);
    if (this.#isKey && this.#held < 0 && this.#at - this.#token > this.#limit) this.#fail(this.#at);
  }

  #endString(): void {
    const start = this.#token;
    if (this.#isKey) {
      this.#addMark(start + 1, this.#at - 1);
      this.#state = 'colon';
      return;
    }
    this.#takeApart(this.#at);
    this.#pushLarge(this.#tokenPlace);
    this.#end(start, this.#tokenPlace, this.#at - start >= MIN_STRING_LENGTH);
  }

  /** Reports a string or a number that was skipped. */
  #pushLarge(place: Place): void {
    if (this.#isLarge) this.#pieces.push({ kind: 'large', place });
    this.#isLarge = false;
  }

  #addMark(start: number, end: number): void {
    const length = end - start;
    if (length !== 6 && (length < 9 || length > 12)) return;
    const name = this.#text.slice(start - this.#base, end - this.#base);
    const mark = MARKS.get(name.toLowerCase().replaceAll(/[^a-z]/g, ''));
    const frame = this.#frames.at(-1);
    if (mark === undefined || !frame) return;
    frame.marks |= mark;
    const index = this.#frames.length - 1;
    if (index < this.#apart && this.#skipped < 0 && isEvent(frame)) this.#skipped = index;
  }

  #stepScalar(end: number): void {
    let at = this.#at;
    while (at < end && isScalar(this.#code(at))) at++;
    this.#at = at;
    if (at === end) return;
    this.#pushLarge(this.#heldPlace);
    this.#end(this.#token, this.#heldPlace, false);
  }

  #stepQuoted(): void {
    const at = this.#at;
    const code = this.#code(at);
    if (this.#sawQuote) {
      if (code !== QUOTE) {
        // In a field whose quotes are doubled, a quote before anything but a separator shows that it never ended.
        if (this.#quoting === 'csv' && !/[\s,;|]/.test(String.fromCharCode(code))) this.#fail(at);
        else this.#endQuoted(at);
        return;
      }
      this.#sawQuote = false;
      this.#quoting = 'csv';
    } else if (this.#isEscaped) {
      this.#isEscaped = false;
      if (code === NEWLINE) {
        this.#fail(at);
        return;
      }
    } else if (code === QUOTE) {
      if (this.#quoting === 'json') {
        this.#at += 1;
        this.#endQuoted(this.#at);
        return;
      }
      this.#sawQuote = true;
    } else if (code === BACKSLASH && this.#quoting !== 'csv') {
      this.#quoting = 'json';
      this.#isEscaped = true;
    } else if (code === NEWLINE) {
      if (this.#isLarge || (this.#quoting !== 'csv' && !this.#isBlank)) {
        this.#fail(at);
        return;
      }
      this.#newLine();
      if (this.#restart < 0) {
        this.#restart = at + 1;
        this.#restartLine = this.#line;
      }
    } else if (this.#isBlank && code !== 32 && code !== 9 && code !== 13) {
      this.#isBlank = code === OPEN_BRACE || code === OPEN_BRACKET;
    }
    this.#at += 1;
  }

  #endQuoted(at: number): void {
    const wasLarge = this.#isLarge || at - this.#held > this.#limit;
    const raw = this.#held < 0 ? '' : this.#text.slice(this.#held - this.#base, at - this.#base);
    this.#at = at;
    if (this.#quoting === 'unknown' && this.#isBlank && raw.length > 2) {
      // A quote before JSON, as in `" {"a":1}`: no field.
      this.#appendNoise('"');
      this.#at = this.#held + 1;
      this.#noiseFrom = this.#at;
      this.#state = 'outside';
      this.#held = -1;
      return;
    }
    if (wasLarge) this.#pieces.push({ kind: 'large', place: this.#heldPlace });
    else if (/[{[]/.test(raw) || /^"\S{64,}"$/.test(raw)) {
      if (this.#quoting === 'json') this.#pushValue('json', raw);
      else this.#pushValue('csv', raw.slice(1, -1).replaceAll('""', '"'));
    } else {
      // A field beside the one with the JSON.
      this.#appendNoise(raw);
      this.#noiseFrom = at;
      this.#state = 'outside';
      this.#held = -1;
      return;
    }
    this.#goOnAfterValue();
  }

  /** The character at this offset does not fit: what was begun is not JSON. */
  #fail(at: number): void {
    const held = this.#held;
    const line = held < 0 ? '' : this.#firstLine(held, at);
    const isSameLine = held >= 0 && held >= this.#lineStart;
    const isJson = this.#sawColon || this.#apart > 0 || (held >= 0 && !isSameLine) || this.#isLarge;
    const restart = this.#restart;
    const canRestart = restart >= 0 && held >= 0 && this.#rescanned + (at - restart) <= 2 * at;
    if (!canRestart && this.#state !== 'quoted') {
      for (const frame of this.#frames.slice(this.#apart)) {
        // A part of an event is not an event.
        if (isEvent(frame)) break;
        this.#pushMembers(frame);
      }
    }
    if (isJson) {
      const place = held >= 0 || this.#isLarge ? this.#heldPlace : this.#place(at);
      this.#pieces.push(this.#isLarge ? { kind: 'large', place } : { kind: 'broken', text: line, place });
      this.#clearNoise();
      this.#lineHasValue = true;
    } else this.#appendNoise(line);
    this.#frames = [];
    this.#apart = 0;
    this.#skipped = -1;
    this.#held = -1;
    this.#isLarge = false;
    this.#sawColon = false;
    this.#state = 'outside';
    this.#noiseFrom = at;
    if (!canRestart) return;
    this.#rescanned += at - restart;
    this.#at = restart;
    this.#noiseFrom = restart;
    this.#line = this.#restartLine;
    this.#lineStart = restart;
    this.#clearNoise();
    this.#lineHasValue = false;
  }

  #firstLine(from: number, to: number): string {
    const text = this.#text.slice(from - this.#base, to - this.#base);
    const end = text.indexOf('\n');
    return end < 0 ? text : text.slice(0, end);
  }
}

/** Whether its members show that an object is an event, or the detail of one. */
function isEvent({ marks }: Frame): boolean {
  return (marks & 1) !== 0 || ((marks & 2) !== 0 && (marks & 12) !== 0);
}

/** The beginning of a number, true, false or null. */
function isScalarStart(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 45 || code === 102 || code === 110 || code === 116;
}

/** A letter, a digit or a sign of a number: what `JSON.parse` does not accept is found there. */
function isScalar(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 43 ||
    code === 45 ||
    code === 46
  );
}
