import { plainName } from '../../arn.ts';
import { isObject } from '../../json.ts';
import type { Field } from '../../pattern/pattern.ts';
import { isPlainNumber } from '../../validation/plain-number.ts';
import { describeValue, didYouMean, type Path } from '../../validation/problem.ts';
import { closestMatch } from '../../validation/suggestion.ts';
import { unlikelyText } from '../../validation/unlikely-text.ts';
import type { WarningCode } from './codes.ts';
import { fieldKind, ID_FIELDS, KNOWN_VALUES } from './contact-fields.ts';
import { literalTextWarning, type PatternText } from './literal-texts.ts';

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
      const typed =
        kind === 'text'
          ? textFieldWarning(field.name, value, written(path))
          : kind === 'number'
            ? numberFieldWarning(field.name, value, written(path))
            : numberFormWarning(value, written(path));
      if (typed !== undefined) return [{ ...typed, path }];
      const partly = partlyReadWarning(value, written(path));
      if (partly !== undefined) return [{ ...partly, path }];
      return textsOf(value).flatMap((text) =>
        textWarnings(field.name, text).map((warning) => ({ ...warning, path })),
      );
    }),
    ...keyWarnings(field),
    ...unknownValueWarnings(field),
    ...repeatedValueWarnings(field),
  ];
}

type Finding = Omit<ValueWarning, 'path'>;

function textFieldWarning(name: string, value: unknown, written: string | undefined): Finding | undefined {
  const never = (message: string): Finding => ({ code: 'value-type', message });
  if (value === null) {
    return never(
      `${name} is never null, so this never matches. ` +
        'Write { exists: false } for the contacts without it, or "null" in quotes for the text.',
    );
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    const text = written ?? String(value);
    return never(
      `${name} is always a text, and ${text} without quotes is ${typeof value === 'number' ? 'a number' : 'a truth value'}, ` +
        `so this never matches. Write ${JSON.stringify(text)} in quotes.`,
    );
  }
  if (!isObject(value)) return undefined;
  if (value.numeric !== undefined) {
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

const NUMERIC_OPERATORS: readonly string[] = ['numeric', 'anything-but', 'exists'];

function numberFieldWarning(name: string, value: unknown, written: string | undefined): Finding | undefined {
  const never = (found: string, instead: string): Finding => ({
    code: 'value-type',
    message: `${name} is always a whole number from 0, and ${found}. Write ${instead}.`,
  });
  if (isObject(value)) {
    const [operator = ''] = Object.keys(value);
    if (!NUMERIC_OPERATORS.includes(operator)) {
      return never(`${operator} compares texts, so this never matches`, '{ numeric: [">=", 2] }');
    }
    const texts = [value['anything-but']].flat().filter((one) => typeof one === 'string');
    return texts.length === 0
      ? undefined
      : never(`${describeValue(texts[0])} is a text, so this excludes nothing`, 'numbers without quotes');
  }
  if (typeof value === 'string') {
    const instead = /^\d{1,9}$/.test(value) ? `${Number(value)} without quotes` : 'a number, such as 2';
    return never(`${describeValue(value)} is a text, so this never matches`, instead);
  }
  if (value === null) return never('it is never null', '0');
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    return never(`${describeValue(value)} is none, so this never matches`, 'a whole number, such as 2');
  }
  return numberFormWarning(value, written);
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

/** The texts of a value: itself, or the operands of an operator. */
function textsOf(value: unknown, operator?: string): PatternText[] {
  if (typeof value === 'string') return [{ text: value, ...(operator === undefined ? {} : { operator }) }];
  if (Array.isArray(value))
    return operator === 'numeric' ? [] : value.flatMap((one) => textsOf(one, operator));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, operand]) => textsOf(operand, key));
}

const ARNS_AND_IDS: readonly string[] = [...ID_FIELDS, 'queue.arn'];

function textWarnings(name: string, { text, operator }: PatternText): Finding[] {
  const isExact = operator === undefined || operator === 'anything-but';
  const literal = ARNS_AND_IDS.includes(name)
    ? undefined
    : literalTextWarning(name, { text, ...(operator === undefined ? {} : { operator }) });
  const findings: Finding[] = literal ? [literal] : [];
  const unlikely = unlikelyText(text, isExact || operator === 'equals-ignore-case' || operator === 'exactly');
  if (unlikely) findings.push({ code: 'unlikely-text', message: `${describeValue(text)} ${unlikely}` });
  if (isExact && ID_FIELDS.includes(name)) findings.push(...idFindings(name, text));
  if (isExact && name === 'queue.arn' && !text.startsWith('arn:')) {
    findings.push({
      code: 'arn-or-id',
      message: `queue.arn is an ARN, and ${describeValue(text)} is none. Match queue.id if it is the id of a queue.`,
    });
  }
  if (isExact && name === 'queue.arn' && text.startsWith('arn:') && text !== plainName(text)) {
    findings.push({
      code: 'arn-or-id',
      message: `No queue.arn is written like this. Write ${JSON.stringify(plainName(text))}.`,
    });
  }
  return findings;
}

function idFindings(name: string, text: string): Finding[] {
  if (text.startsWith('arn:')) {
    const id = text.split('/').at(-1) ?? '';
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
  if (/^[0-9a-f-]{36}$/i.test(text) && text !== text.toLowerCase()) {
    return [
      {
        code: 'arn-or-id',
        message: `Connect writes ids in lower case. Write ${JSON.stringify(text.toLowerCase())}.`,
      },
    ];
  }
  if (/[\sA-Z]/.test(text.trim())) {
    return [
      {
        code: 'arn-or-id',
        message: `${name} is an id, and ${describeValue(text)} looks like a name. Write the id, which is the last part of the ARN.`,
      },
    ];
  }
  return [];
}

/** A warning for each text that is no value of the field; one for operators that no value passes. */
function unknownValueWarnings({ name, keys, values, exactTexts, test, mayBeAbsent }: Field): ValueWarning[] {
  const known = Object.hasOwn(KNOWN_VALUES, name) ? KNOWN_VALUES[name] : undefined;
  if (!known) return [];
  const { values: allowed, isOpen } = known;
  const expected = `expected one of ${allowed.join(', ')}.`;
  const warning = (message: string): ValueWarning => ({ code: 'unknown-value', path: keys, message });
  const excluded = values
    .flatMap((value) => (isObject(value) ? [value['anything-but']].flat() : []))
    .filter((text): text is string => typeof text === 'string' && !allowed.includes(text))
    .filter((text) => !isOpen || text !== text.toUpperCase())
    .map((text) =>
      warning(
        `${name} is never ${describeValue(text)}, so this excludes nothing; ${expected}` +
          didYouMean(suggestValue(text, allowed)),
      ),
    );
  if (exactTexts) {
    return exactTexts
      .filter((text) => !allowed.includes(text))
      .map((text) => {
        const suggestion = didYouMean(suggestValue(text, allowed));
        return isOpen && text === text.toUpperCase()
          ? warning(`Connect documents no ${name} ${describeValue(text)}; ${expected}${suggestion}`)
          : warning(
              `${name} is never ${describeValue(text)}, so this never matches; ${expected}${suggestion}`,
            );
      });
  }
  const texts = textsOf(values);
  const isOfOtherCase = texts.length > 0 && texts.every(({ text }) => text !== text.toUpperCase());
  return (isOpen && !isOfOtherCase) || mayBeAbsent || allowed.some((value) => test(value))
    ? excluded
    : [warning(`No value of ${name} passes this test, so it never matches; ${expected}`)];
}

/** Phone calls are VOICE contacts, which a comparison of names would not find. */
function suggestValue(text: string, allowed: readonly string[]): string | undefined {
  const upper = text.toUpperCase().replaceAll(/[\s-]/g, '_');
  const synonym = ['PHONE', 'CALL', 'TELEPHONE'].includes(upper) ? 'VOICE' : upper;
  return allowed.includes(synonym) ? synonym : closestMatch(upper, allowed);
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
