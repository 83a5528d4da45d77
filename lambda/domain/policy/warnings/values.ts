import { arnId, plainName } from '../../arn.ts';
import { isObject } from '../../json.ts';
import type { Field } from '../../pattern/pattern.ts';
import { isPlainNumber } from '../../validation/plain-number.ts';
import { describeValue, type Path } from '../../validation/problem.ts';
import { unlikelyText } from '../../validation/unlikely-text.ts';
import type { WarningCode } from './codes.ts';
import { type FieldKind, fieldKind, HIGHEST_NUMBERS, ID_FIELDS, OPTIONAL_NUMBERS } from './contact-fields.ts';
import { compileEntry } from './entry.ts';
import { expectedValues, unknownValueMessages } from './known-values.ts';
import { literalTextWarning } from './literal-texts.ts';
import { type PatternText, textsOf } from './pattern-texts.ts';

/** A warning about a value, without its policy; the path begins at the pattern. */
interface ValueWarning {
  readonly code: WarningCode;
  readonly path: Path;
  readonly message: string;
}

/** The text of an unquoted value, such as `007`, by its path in the pattern. */
export type Written = (path: Path) => string | undefined;

/** Warns of values that the field can never hold, and of those that mean something else than they look. */
export function valueWarnings(field: Field, written: Written): ValueWarning[] {
  const kind = fieldKind(field.name);
  if (kind === undefined) return [];
  return [
    ...field.values.flatMap((value, index) => {
      const path = [...field.path, index];
      return entryFindings(field, kind, value, written(path)).map((finding) => ({ ...finding, path }));
    }),
    ...keyWarnings(field),
    ...repeatedValueWarnings(field),
  ];
}

/** What is odd about an entry of a list of values. What explains it most is said alone. */
function entryFindings(
  { name, values }: Field,
  kind: FieldKind,
  value: unknown,
  written: string | undefined,
): Finding[] {
  const typed =
    kind === 'text'
      ? textFieldWarning(name, value, written)
      : kind === 'number'
        ? numberFieldWarning(name, value, written)
        : anyFieldWarning(name, value, written);
  const whole = typed ?? partlyReadWarning(value, written);
  if (whole !== undefined) return [whole];
  const ofTexts = textsOf(value).flatMap((text) => textWarnings(name, text));
  if (ofTexts.length > 0) return ofTexts;
  const messages = unknownValueMessages(name, value, values.length === 1);
  return messages.map((message) => ({ code: 'unknown-value', message }));
}

type Finding = Omit<ValueWarning, 'path'>;

function textFieldWarning(name: string, value: unknown, written: string | undefined): Finding | undefined {
  const never = (message: string): Finding => ({ code: 'value-type', message });
  if (value === null) return nullWarning(name);
  const expected = expectedValues(name);
  if (typeof value === 'number' || typeof value === 'boolean') {
    if (expected) return never(`${name} is never ${value}, so this never matches; ${expected}`);
    const text = written ?? String(value);
    return never(
      `${name} is always a text, and ${text} without quotes is ${typeof value === 'number' ? 'a number' : 'a truth value'}, ` +
        `so this never matches. Write ${JSON.stringify(text)} in quotes.`,
    );
  }
  if (!isObject(value)) return undefined;
  if (value.numeric !== undefined) {
    if (expected) return never(`${name} is always a text, so this never matches; ${expected}`);
    return never(
      `${name} is always a text, and numeric compares numbers, so this never matches. ` +
        'Write the texts themselves or prefix, or have the flow set a segment attribute, which keeps its type.',
    );
  }
  const excluded = value['anything-but'];
  const numbers = [excluded].flat().filter((one) => typeof one === 'number');
  return numbers.length === 0
    ? undefined
    : never(
        `${name} is always a text, and ${numbers.join(', ')} without quotes is a number, so this excludes nothing. ` +
          `Write ${numbers.map((one) => JSON.stringify(String(one))).join(', ')} in quotes.`,
      );
}

/** A field is absent where it is not known: none holds null, whatever its type. */
function nullWarning(name: string): Finding {
  return {
    code: 'value-type',
    message:
      `${name} is never null, so this never matches. ` +
      'Write { exists: false } for the contacts without it, or "null" in quotes for the text.',
  };
}

function anyFieldWarning(name: string, value: unknown, written: string | undefined): Finding | undefined {
  return value === null ? nullWarning(name) : numberFormWarning(value, written);
}

const NUMERIC_OPERATORS: readonly string[] = ['numeric', 'anything-but', 'exists'];

function numberFieldWarning(name: string, value: unknown, written: string | undefined): Finding | undefined {
  const isAbsentWhereUnknown = OPTIONAL_NUMBERS.includes(name);
  const highest = HIGHEST_NUMBERS[name] ?? Number.POSITIVE_INFINITY;
  const upTo = Number.isFinite(highest) ? ` to ${highest}` : '';
  const isCount = (one: unknown) =>
    Number.isInteger(one) && (one as number) >= 0 && (one as number) <= highest;
  const never = (found: string, instead: string): Finding => ({
    code: 'value-type',
    message: `${name} is always a whole number from 0${upTo}, and ${found}. Write ${instead}.`,
  });
  if (isObject(value)) {
    const [operator = ''] = Object.keys(value);
    if (!NUMERIC_OPERATORS.includes(operator)) {
      return never(`${operator} compares texts, so this never matches`, '{ numeric: [">=", 2] }');
    }
    if (value.exists === false && !isAbsentWhereUnknown) {
      return never('it is known of each contact, so this never matches', '0');
    }
    if (Array.isArray(value.numeric) && !passesWholeNumber(value.numeric, highest)) {
      return never(
        `none passes ${describeValue(value.numeric)}, so this never matches`,
        '{ numeric: [">=", 2] }',
      );
    }
    const others = [value['anything-but'] ?? []].flat().filter((one) => !isCount(one));
    return others.length === 0
      ? undefined
      : never(`${describeValue(others[0])} is none, so it excludes nothing`, 'whole numbers without quotes');
  }
  if (typeof value === 'string') {
    const instead = /^\d{1,9}$/.test(value) ? `${Number(value)} without quotes` : 'a number, such as 2';
    return never(`${describeValue(value)} is a text, so this never matches`, instead);
  }
  if (value === null) {
    return never('it is never null', isAbsentWhereUnknown ? '{ exists: false } where it is not known' : '0');
  }
  if (!isCount(value)) {
    return never(`${describeValue(value)} is none, so this never matches`, 'a whole number, such as 2');
  }
  return numberFormWarning(value, written);
}

/** Whether some whole number from 0 passes comparisons such as `[">", 0, "<=", 5]`. Only those near a bound differ. */
function passesWholeNumber(comparisons: readonly unknown[], highest: number): boolean {
  const bounds = comparisons.filter((one) => typeof one === 'number');
  const candidates = [0, ...bounds.flatMap((bound) => [Math.ceil(bound), Math.floor(bound) + 1])];
  const field = compileEntry({ numeric: comparisons });
  return candidates.some((count) => count >= 0 && count <= highest && field.test(count));
}

function numberFormWarning(value: unknown, written: string | undefined): Finding | undefined {
  if (typeof value !== 'number' || written === undefined || isPlainNumber(written, value)) return undefined;
  return {
    code: 'number-form',
    message:
      `${written} is read as the number ${value}. ` +
      `Write ${value}, or ${JSON.stringify(written)} in quotes for a text.`,
  };
}

/** A text without quotes ends where a comment begins, and goes on in the next line. */
function partlyReadWarning(value: unknown, written: string | undefined): Finding | undefined {
  if (typeof value !== 'string' || written === undefined || written === value) return undefined;
  const why = written.includes('\n')
    ? 'since a text without quotes goes on in the next line. Begin each value with a dash of its own'
    : 'since # begins a comment. Write a space after the #';
  return {
    code: 'unlikely-text',
    message: `${describeValue(written)} is read as ${describeValue(value)}, ${why}, or put the text in quotes.`,
  };
}

function keyWarnings({ keys, path }: Field): ValueWarning[] {
  return keys.flatMap((key) => {
    const unlikely = unlikelyText(key, true);
    const message = `The name ${describeValue(key)} ${unlikely}`;
    return unlikely === undefined ? [] : [{ code: 'unlikely-text' as const, path, message }];
  });
}

/** Fields of which a contact that has them has a text of at least one character. */
const NEVER_EMPTY: readonly string[] = [...ID_FIELDS, 'queue.name', 'signals'];

function textWarnings(name: string, patternText: PatternText): Finding[] {
  const { text, operator } = patternText;
  if (text === '' && operator === undefined && NEVER_EMPTY.includes(name)) {
    const message = `${name} is never an empty text, so this never matches. Write the text that the contact has.`;
    return [{ code: 'value-type', message }];
  }
  const isExact = operator === undefined || operator === 'anything-but';
  // An ARN has colons and slashes, which look like operators and regular expressions elsewhere.
  const mayBeLiteral = name !== 'queue.arn' || /[*|,;?]/.test(text);
  const literal = mayBeLiteral ? literalTextWarning(name, patternText) : undefined;
  const findings: Finding[] = literal ? [literal] : [];
  const unlikely = unlikelyText(text, isExact || operator === 'equals-ignore-case' || operator === 'exactly');
  if (unlikely) findings.push({ code: 'unlikely-text', message: `${describeValue(text)} ${unlikely}` });
  if (literal) return findings;
  if (ID_FIELDS.includes(name)) findings.push(...idFindings(name, text, operator));
  if (name === 'queue.arn') findings.push(...arnFindings(text, operator));
  if (name === 'queue.name') findings.push(...nameFindings(text));
  return findings;
}

/** Whether an operator compares with a part of a value only. */
function isPartial(operator: string | undefined): boolean {
  return operator === 'prefix' || operator === 'suffix' || operator === 'wildcard';
}

function arnFindings(text: string, operator: string | undefined): Finding[] {
  const finding = (message: string): Finding[] => [{ code: 'arn-or-id', message }];
  if (!mayBeArn(text, operator)) {
    return finding(
      `queue.arn is an ARN, and ${describeValue(text)} is none. Match queue.id if it is the id of a queue.`,
    );
  }
  if (operator !== 'equals-ignore-case' && text !== plainName(text)) {
    return finding(`No queue.arn is written like this. Write ${JSON.stringify(plainName(text))}.`);
  }
  const id = arnId(text, 'queue');
  if (isPartial(operator) && (operator !== 'suffix' || id === undefined)) return [];
  if (id === undefined) {
    return finding(
      `queue.arn is the ARN of a queue, and ${describeValue(text)} is none: it has no /queue/ before an id.`,
    );
  }
  return isName(id)
    ? finding(
        `${describeValue(id)} looks like the name of a queue. Its ARN ends with its id. Match queue.name for the name.`,
      )
    : [];
}

/** An ARN or an id, which no queue is called. */
function nameFindings(text: string): Finding[] {
  const isArn = /^arn:/i.test(text);
  if (!isArn && !UUID.test(text)) return [];
  const message =
    `queue.name is the name of a queue, and ${describeValue(text)} is ${isArn ? 'an ARN' : 'an id'}. ` +
    `Match ${isArn ? 'queue.arn' : 'queue.id'} instead.`;
  return [{ code: 'arn-or-id', message }];
}

function mayBeArn(text: string, operator: string | undefined): boolean {
  switch (operator) {
    case 'suffix':
      return true;
    case 'prefix':
      return text.startsWith('arn:') || 'arn:'.startsWith(text);
    case 'wildcard':
      return text.startsWith('arn:') || text.startsWith('*');
    case 'equals-ignore-case':
      return text.toLowerCase().startsWith('arn:');
    default:
      return text.startsWith('arn:');
  }
}

/** Whether a text looks like the name of something, and not like its id: Connect writes ids without these. */
function isName(text: string): boolean {
  return /[\sA-Z]/.test(text.trim()) && !UUID.test(text);
}

const UUID = /^[0-9a-f-]{36}$/i;

function idFindings(name: string, text: string, operator: string | undefined): Finding[] {
  if (isPartial(operator)) {
    return /[\s/:A-Z]/.test(text)
      ? [
          {
            code: 'arn-or-id',
            message:
              `${name} is an id in lower case without spaces, slashes and colons, so no part of it is ` +
              `${describeValue(text)}. Write a part of the id${name === 'queue.id' ? ', or match queue.arn' : ''}.`,
          },
        ]
      : [];
  }
  if (text.startsWith('arn:')) {
    const id = text.slice(text.lastIndexOf('/') + 1);
    const other = name === 'queue.id' ? ', or match queue.arn' : '';
    return [
      {
        code: 'arn-or-id',
        message: `${name} is an id, and this is an ARN. Write its last part, ${JSON.stringify(id)}${other}.`,
      },
    ];
  }
  // The queue of an agent has agent/ before its id in its ARN.
  if (/^[\w-]+\/[^/]+$/.test(text)) {
    const id = text.split('/').at(-1);
    return [{ code: 'arn-or-id', message: `This is a part of an ARN. Write ${JSON.stringify(id)}.` }];
  }
  if (UUID.test(text) && text !== text.toLowerCase() && operator !== 'equals-ignore-case') {
    return [
      {
        code: 'arn-or-id',
        message: `Connect writes ids in lower case. Write ${JSON.stringify(text.toLowerCase())}.`,
      },
    ];
  }
  if (isName(text)) {
    return [
      {
        code: 'arn-or-id',
        message: `${name} is an id, and ${describeValue(text)} looks like a name. Write the id, which is the last part of the ARN${name === 'queue.id' ? ', or match queue.name' : ''}.`,
      },
    ];
  }
  return [];
}

function repeatedValueWarnings({ path, values }: Field): ValueWarning[] {
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    const text = JSON.stringify(value);
    if (!seen.has(text)) {
      seen.add(text);
      return [];
    }
    const message = `${describeValue(value)} stands in this list twice. Remove one, or correct it.`;
    return [{ code: 'repeated-value' as const, path: [...path, index], message }];
  });
}
