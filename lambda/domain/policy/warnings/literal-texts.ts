import { OPERATOR_NAMES } from '../../pattern/index.ts';
import { parseValue } from '../route/values.ts';
import type { WarningCode } from './codes.ts';
import { isKnownValue, meantValue } from './known-values.ts';
import type { PatternText } from './pattern-texts.ts';

/** The operators that take a part of a text. */
type PartOperator = 'prefix' | 'suffix' | 'wildcard';

interface LiteralFinding {
  readonly code: WarningCode;
  readonly message: string;
}

/** Warns of a text that looks like a wildcard, several values, or an operator of another language, and is none. */
export function literalTextWarning(
  name: string,
  { text, operator, isExcluded = false }: PatternText,
): LiteralFinding | undefined {
  const ofRule = name === 'signals' ? ruleSignalFinding(text, operator) : undefined;
  if (ofRule) return ofRule;
  if (operator === 'wildcard') {
    return /[^\s?]\?[^\s?]/.test(text)
      ? { code: 'literal-wildcard', message: QUESTION_MARK }
      : partFinding(operator, text, isExcluded);
  }
  if (operator === 'exactly') return undefined;
  const isPart = operator === 'prefix' || operator === 'suffix';
  if (text.includes('*')) {
    const meant = meantValue(name, text.replaceAll('*', ''));
    if (!isPart && isKnownValue(name, meant)) {
      return {
        code: 'literal-wildcard',
        message: `A plain text stands for itself alone, its asterisk included. Write ${JSON.stringify(meant)}.`,
      };
    }
    return {
      code: 'literal-wildcard',
      message: isPart ? asteriskOfPart(operator, text) : asterisk(text, operator),
    };
  }
  if (isPart) return partFinding(operator, text, isExcluded);
  const found = looksLike(name, text);
  if (!found) return undefined;
  const [what, instead] = found;
  const message = `${JSON.stringify(text)} is one plain text${what}. ${instead}`;
  return what === PERCENT ? { code: 'literal-wildcard', message } : { code: 'literal-operator', message };
}

const PERCENT = included('its percent sign');

const QUESTION_MARK =
  'A question mark stands for itself; only * stands for any text. Write * instead, or list the texts.';

function asterisk(text: string, operator: string | undefined): string {
  const form = `{ wildcard: ${JSON.stringify(text)} }`;
  return (
    'A plain text stands for itself alone, its asterisk included. ' +
    `Write ${operator === 'anything-but' ? `{ anything-but: ${form} }` : form} for a wildcard.`
  );
}

function asteriskOfPart(operator: string, text: string): string {
  const bare = operator === 'prefix' ? text.replace(/\*+$/, '') : text.replace(/^\*+/, '');
  const instead =
    bare === '' || bare.includes('*')
      ? `{ wildcard: ${JSON.stringify(text)} }`
      : `{ ${operator}: ${JSON.stringify(bare)} }`;
  return `The asterisk is part of the ${operator}, which needs none. Write ${instead}.`;
}

/** What about the operand of a prefix, a suffix or a wildcard looks like several of them, or like another language. */
function partFinding(operator: PartOperator, text: string, isExcluded: boolean): LiteralFinding | undefined {
  const parts = text.split('|').map((part) => part.trim());
  if (parts.length > 1 && parts.every((part) => part !== '')) {
    const instead = isExcluded
      ? `{ anything-but: { ${operator}: ${listOf(parts)} } }`
      : `[${parts.map((part) => operatorOf(operator, part)).join(', ')}]`;
    const message = `${JSON.stringify(text)} is one text${included('its separators')}. Write ${instead}.`;
    return { code: 'literal-operator', message };
  }
  if (/^\^./.test(text)) {
    const meant = text.replace(/^\^/, '').replace(/\$$/, '').replaceAll('.*', '*');
    const message = `${JSON.stringify(text)} is no regular expression: ^ stands for itself. Write ${operatorOf(operator, meant)}.`;
    return { code: 'literal-operator', message };
  }
  if (!PERCENT_OF_PART[operator].test(text) || /^[\d.,]+\s*%$/.test(text)) return undefined;
  const meant = text.replaceAll(/^%|%$/g, operator === 'wildcard' ? '*' : '');
  const message = `A percent sign stands for itself. Write ${operatorOf(operator, meant)}.`;
  return { code: 'literal-wildcard', message };
}

/** Where SQL has a percent sign for any text. A pattern that has an asterisk means its percent signs. */
const PERCENT_OF_PART: Readonly<Record<PartOperator, RegExp>> = {
  prefix: /.%$/,
  suffix: /^%./,
  wildcard: /^%[^*]+$|^[^*]+%$/,
};

function operatorOf(operator: string, text: string): string {
  return `{ ${operator}: ${JSON.stringify(text)} }`;
}

function listOf(texts: readonly string[]): string {
  return `[${texts.map((text) => JSON.stringify(text)).join(', ')}]`;
}

/** The signal of a rule in other letters, or its prefix alone: the name of the rule comes behind it, as it is. */
function ruleSignalFinding(text: string, operator: string | undefined): LiteralFinding | undefined {
  if (operator === 'suffix' || operator === 'equals-ignore-case') return undefined;
  const [, rest] = /^rules?:(\S.*|)$/is.exec(text) ?? [];
  const isPrefixAlone = text === 'rule:' && (operator === undefined || operator === 'anything-but');
  if (rest === undefined || (text.startsWith('rule:') && !isPrefixAlone)) return undefined;
  const found = isPrefixAlone
    ? 'goes on with the name of the rule'
    : `begins with "rule:", which ${JSON.stringify(text)} does not`;
  const instead = isPrefixAlone
    ? '{ prefix: "rule:" } for those of all rules'
    : JSON.stringify(`rule:${rest}`);
  return { code: 'unknown-value', message: `The signal of a rule ${found}. Write ${instead}.` };
}

/** The signal of a rule of Connect as YAML has people write a key: with a space that the signal does not have. */
const RULE_WITH_SPACE = /^rule(?:\s+:\s*|:\s+)(\S.*)$/i;

/** What about a text looks like more than a text, and what to write instead. */
function looksLike(name: string, text: string): readonly [string, string] | undefined {
  const list = alternatives(name, text);
  if (list) {
    const meant = list.map((one) => meantValue(name, one));
    return list.length > 1
      ? [included('its separators'), `Write ${listOf(meant)} for either of them.`]
      : [included('its separator'), `Write ${JSON.stringify(meant[0])}.`];
  }
  if (/^\/.+\/[a-z]*$/.test(text) || /^\^./.test(text)) {
    return [' and no regular expression', 'List the texts, or write { prefix: … } or { wildcard: … }.'];
  }
  if (/^![^\s!]/.test(text)) {
    return [included('its exclamation mark'), insteadOfNot(name, text.slice(1))];
  }
  if (/^(?:[<>]=?|[!=]=)\s*\S/.test(text) && !/^<.*>$/.test(text)) {
    return [
      included('its comparison'),
      'Only numbers can be compared, by { numeric: [">", 5] }: list the texts.',
    ];
  }
  const isPlaceholder = /\$\{.+\}/.test(text) || /^\$\.\w/.test(text) || /^<[^<>]+>$/.test(text);
  if (isPlaceholder || parseValue(text)) {
    return [', and nothing is filled in here', 'Write the text that the contact has.'];
  }
  const operatorLike = inQuotes(name, text) ?? wordOperator(name, text);
  if (operatorLike) return operatorLike;
  const [, operator = '', operand = ''] = /^([a-z-]+)\s*:\s*(\S.*)$/.exec(text) ?? [];
  if (OPERATOR_NAMES.includes(operator)) {
    return [included('its operator'), `Write { ${operator}: ${JSON.stringify(operand)} }.`];
  }
  const [, rule] = name === 'signals' ? (RULE_WITH_SPACE.exec(text) ?? []) : [];
  if (rule !== undefined) return [included('its space'), `Write ${JSON.stringify(`rule:${rule}`)}.`];
  if (/^%|%$/.test(text) && !/^[\d.,]+\s*%$/.test(text)) {
    return [PERCENT, `Write { wildcard: ${JSON.stringify(text.replaceAll(/^%|%$/g, '*'))} }.`];
  }
  return undefined;
}

function included(what: string): string {
  return `, ${what} included`;
}

/** A list or an operator in quotes is a text. */
function inQuotes(name: string, text: string): readonly [string, string] | undefined {
  const [, value] = /^\[\s*["']?([^[\]"']+?)["']?\s*\]$/.exec(text) ?? [];
  if (value !== undefined)
    return [included('its brackets'), `Write ${JSON.stringify(meantValue(name, value))}.`];
  return /^\{\s*[a-z-]+\s*:.*\}$/.test(text)
    ? [included('its braces'), `Write ${text} without quotes around it.`]
    : undefined;
}

/** Words that are operators, and nobody's tags. */
function wordOperator(name: string, text: string): readonly [string, string] | undefined {
  if (text === 'anything-but' || text === 'equals-ignore-case')
    return [included('its operator'), `Write { ${text}: "…" }.`];
  const [, negated] = /^not\s+(\S+)$/i.exec(text) ?? [];
  if (negated === undefined) return undefined;
  return [included('its operator'), insteadOfNot(name, negated)];
}

/** What to write to exclude a value. Of several signals, one that is not excluded is enough: that would not do. */
function insteadOfNot(name: string, excluded: string): string {
  return name === 'signals'
    ? 'To leave out contacts with a signal, let a policy of lower precedence number govern them.'
    : `Write { anything-but: ${listOf([meantValue(name, excluded)])} }.`;
}

/** Whether a text is the signal of a rule. The names of Contact Lens rules are sentences. */
function isOfRule(name: string, text: string): boolean {
  return name === 'signals' && /^rules?\s*:/i.test(text);
}

/** The values of a text such as `gold|silver` or `gold, silver`; one where a separator ends it; undefined for others. */
function alternatives(name: string, text: string): readonly string[] | undefined {
  const separator = separatorOf(name, text);
  // The semicolon may end a character of HTML, such as &amp;.
  if (separator === undefined || /&#?\w+;/.test(text)) return undefined;
  const inner = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
  const parts = inner.split(separator).map((part) => part.trim().replaceAll(/^["']|["']$/g, ''));
  const list = parts.at(-1) === '' ? parts.slice(0, -1) : parts;
  const isList = list.every((part) => part !== '' && (text.includes('|') || !/\s/.test(part)));
  const isNumber = /^[\d.,;\s]+$/.test(text);
  return isList && !isNumber ? list : undefined;
}

function separatorOf(name: string, text: string): RegExp | undefined {
  if (text.includes('|')) return /\|+/;
  if (isOfRule(name, text)) return undefined;
  if (/[;,]/.test(text)) return text.includes(';') ? /;/ : /,/;
  return /^\S+\s+or\s+\S+$/i.test(text) ? /\s+or\s+/i : undefined;
}
