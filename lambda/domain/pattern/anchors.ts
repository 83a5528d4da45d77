import { isObject } from '../json.ts';
import { ipBytes } from './ip.ts';
import type { Field } from './pattern.ts';
import { parseWildcard } from './wildcard.ts';

/** A property of values by which an index finds them. */
export type Anchor = TextAnchor | RangeAnchor | PresentAnchor;

/** A text that a value is, begins with, ends with or contains. */
export interface TextAnchor {
  readonly kind: 'text' | 'prefix' | 'suffix' | 'part';
  /** Not empty, except for `text`. In lower case where case is ignored. */
  readonly text: string;
  readonly ignoresCase: boolean;
}

/** A number from `low` to `high`, both included. */
export interface RangeAnchor {
  readonly kind: 'range';
  readonly low: number;
  readonly high: number;
}

/** Any value at all. */
export interface PresentAnchor {
  readonly kind: 'present';
  /** Texts that do not satisfy the requirement where they are the only value. */
  readonly except: readonly string[];
}

/** What every value that satisfies the requirement of a field has one of. */
export interface Anchors {
  readonly anchors: readonly Anchor[];
  /** True where every value that has one of them satisfies the requirement, too. */
  readonly areSufficient: boolean;
}

const PRESENT: Anchor = { kind: 'present', except: [] };

/** The anchors of a field; undefined where the field may be absent. */
export function anchorsOf({ values, mayBeAbsent }: Field): Anchors | undefined {
  if (mayBeAbsent) return undefined;
  const all = values.map(anchorOfValue);
  const isPresent = all.some(({ anchor }) => anchor.kind === 'present');
  if (!isPresent) {
    return {
      anchors: all.map(({ anchor }) => anchor),
      areSufficient: all.every(({ isSufficient }) => isSufficient),
    };
  }
  const [only, ...others] = all;
  return {
    anchors: [only && others.length === 0 ? only.anchor : PRESENT],
    areSufficient: all.some(({ anchor, isSufficient }) => anchor.kind === 'present' && isSufficient),
  };
}

interface AnchorOfValue {
  readonly anchor: Anchor;
  readonly isSufficient: boolean;
}

const sufficient = (anchor: Anchor): AnchorOfValue => ({ anchor, isSufficient: true });
const necessary = (anchor: Anchor): AnchorOfValue => ({ anchor, isSufficient: false });
const ANY = necessary(PRESENT);

function anchorOfValue(value: unknown): AnchorOfValue {
  // Every notation of an address matches it.
  if (typeof value === 'string') return ipBytes(value) ? ANY : sufficient(asWritten('text', value));
  if (typeof value === 'number') return necessary({ kind: 'range', low: value, high: value });
  if (!isObject(value)) return ANY;
  const [[operator, operand] = []] = Object.entries(value);
  switch (operator) {
    case 'exactly':
      return typeof operand === 'string' ? sufficient(asWritten('text', operand)) : ANY;
    case 'prefix':
    case 'suffix':
      return isObject(operand)
        ? ignoringCase(operator, operand['equals-ignore-case'])
        : edge(operator, operand);
    case 'equals-ignore-case':
      return ignoringCase('text', operand);
    case 'wildcard':
      return typeof operand === 'string' ? anchorOfWildcard(operand) : ANY;
    case 'numeric':
      return Array.isArray(operand) ? necessary(rangeOf(operand)) : ANY;
    case 'exists':
      return sufficient(PRESENT);
    case 'anything-but':
      return necessary({ kind: 'present', except: excludedTexts(operand) });
    default:
      return ANY;
  }
}

function asWritten(kind: TextAnchor['kind'], text: string): TextAnchor {
  return { kind, text, ignoresCase: false };
}

function edge(kind: 'prefix' | 'suffix', text: unknown): AnchorOfValue {
  return typeof text === 'string' && text !== '' ? sufficient(asWritten(kind, text)) : ANY;
}

/**
 * In lower case, ASCII letters alone: of other letters Event Ruler has forms that differ from those of JavaScript.
 */
function ignoringCase(kind: 'text' | 'prefix' | 'suffix', text: unknown): AnchorOfValue {
  if (typeof text !== 'string' || text === '' || !/^[\0-\x7f]*$/.test(text)) return ANY;
  return necessary({ kind, text: text.toLowerCase(), ignoresCase: true });
}

/** Its longest text; at an end of the value rather than within it. */
function anchorOfWildcard(source: string): AnchorOfValue {
  const wildcard = parseWildcard({ path: [], problems: [], example: '' }, source);
  if (!wildcard) return ANY;
  const { first, middle, last } = wildcard;
  if (last === undefined) return sufficient(asWritten('text', first));
  const parts = [
    asWritten('prefix', first),
    asWritten('suffix', last),
    ...middle.map((text) => asWritten('part', text)),
  ];
  const longest = parts.reduce((best, part) => (part.text.length > best.text.length ? part : best));
  if (longest.text === '') return ANY;
  const isAll = parts.every((part) => part === longest || part.text === '') && longest.kind !== 'part';
  return isAll ? sufficient(longest) : necessary(longest);
}

function rangeOf([sign, bound, , upper]: readonly unknown[]): RangeAnchor {
  const value = Number(bound);
  switch (sign) {
    case '=':
      return { kind: 'range', low: value, high: value };
    case '<':
    case '<=':
      return { kind: 'range', low: Number.NEGATIVE_INFINITY, high: value };
    default:
      return {
        kind: 'range',
        low: value,
        high: upper === undefined ? Number.POSITIVE_INFINITY : Number(upper),
      };
  }
}

function excludedTexts(operand: unknown): readonly string[] {
  const values = Array.isArray(operand) ? operand : [operand];
  return values.filter((value) => typeof value === 'string');
}
