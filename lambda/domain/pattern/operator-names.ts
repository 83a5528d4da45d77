import { closestMatch } from '../validation/suggestion.ts';

/** Names of other languages for the operators. */
const SYNONYMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    not: 'anything-but',
    'not-equals': 'anything-but',
    'not-in': 'anything-but',
    ne: 'anything-but',
    neq: 'anything-but',
    '!=': 'anything-but',
    except: 'anything-but',
    isnt: 'anything-but',
    'starts-with': 'prefix',
    'begins-with': 'prefix',
    startswith: 'prefix',
    'ends-with': 'suffix',
    endswith: 'suffix',
    like: 'wildcard',
    matches: 'wildcard',
    contains: 'wildcard',
    regex: 'wildcard',
    glob: 'wildcard',
    gt: 'numeric',
    gte: 'numeric',
    lt: 'numeric',
    lte: 'numeric',
    '>': 'numeric',
    '>=': 'numeric',
    '<': 'numeric',
    '<=': 'numeric',
  }),
);

/** Names of other languages for what needs no operator: a list has the values that are equal. */
const EQUALITY: readonly string[] = ['equals', 'equal', 'eq', '=', '==', 'in', 'is', 'one-of', 'any-of'];

const COMPARISONS: Readonly<Record<string, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

/** A name as the operators are written: `startsWith` and `starts_with` are `starts-with`, and `$not` is `not`. */
function plainKey(key: string): string {
  return key
    .replace(/^\$/, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])|_/g, '-')
    .toLowerCase();
}

/**
 * The operator that a key stands for: the key itself, a misspelled one, or a name of another language.
 *
 * @param known - the names of the operators that may stand there.
 */
export function meantOperator(key: string, known: readonly string[]): string | undefined {
  if (known.includes(key)) return key;
  const synonym = SYNONYMS.get(plainKey(key));
  if (synonym !== undefined) return known.includes(synonym) ? synonym : undefined;
  // A short name is similar to too many others.
  return key.length < 5 ? undefined : closestMatch(key, known);
}

/** Whether a key is a name of another language for equality, which a list of values has without an operator. */
export function isEquality(key: string): boolean {
  return EQUALITY.includes(plainKey(key));
}

/** Whether a key is a name of another language for the negation of a whole pattern. */
export function isNegation(key: string): boolean {
  return ['not', 'none', 'none-of', 'nor', 'anything-but'].includes(plainKey(key));
}

/** How other languages join patterns: `any` as `$or` does, `all` as the fields of one object are. */
export function joinOf(key: string): 'any' | 'all' | undefined {
  const name = plainKey(key);
  if (['or', 'any', 'any-of', 'one-of', 'some', 'either', '||'].includes(name)) return 'any';
  return ['and', 'all', 'all-of', 'every', 'must', '&&'].includes(name) ? 'all' : undefined;
}

/** How a field with an operator is written: `"tier": [{"anything-but": ["gold"]}]`. */
export function operatorForm(field: string, key: string, operator: string, values: unknown): string {
  return `${JSON.stringify(field)}: [${operatorEntry(key, operator, values)}]`;
}

/**
 * How an operator is written in a list of values: `{"anything-but": ["gold"]}`.
 *
 * @param key - the name that was written, which may say more: `gt` is a comparison, `contains` needs asterisks.
 */
export function operatorEntry(key: string, operator: string, values: unknown): string {
  return `{"${operator}": ${operandText(plainKey(key), operator, values)}}`;
}

function operandText(name: string, operator: string, values: unknown): string {
  if (operator === 'anything-but')
    return describeOperand(typeof values === 'boolean' ? String(values) : values);
  if (name === 'numeric' && Array.isArray(values) && values.length > 1) return describeOperand(values);
  const operand: unknown = Array.isArray(values) ? values[0] : values;
  if (operator === 'exists') return /^(?:false|no|off|0)$/i.test(String(operand)) ? 'false' : 'true';
  if (operator === 'numeric') {
    const comparison = COMPARISONS[name] ?? (/^[<>]=?$/.test(name) ? name : undefined);
    return comparison !== undefined && typeof operand === 'number'
      ? `["${comparison}", ${operand}]`
      : '[">=", 5]';
  }
  // The other operators take texts.
  const text = typeof operand === 'number' || typeof operand === 'boolean' ? String(operand) : operand;
  return describeOperand(typeof text === 'string' ? asWildcard(name, text) : text);
}

/** What another language has as a part of a text, a pattern of SQL or a regular expression, as a wildcard. */
function asWildcard(name: string, text: string): unknown {
  switch (name) {
    case 'contains':
      return withoutEscapes(text.includes('*') ? text : `*${text}*`);
    case 'like':
      return withoutEscapes(text.replaceAll('%', '*'));
    case 'glob':
      return withoutEscapes(text);
    case 'regex':
    case 'matches': {
      const open = /^\^/.test(text) ? '' : '*';
      const close = /\$$/.test(text) ? '' : '*';
      const whole = `${open}${text.replaceAll(/^\^|\$$/g, '').replaceAll('.*', '*')}${close}`;
      return /[\^$.|?+()[\]{}]/.test(whole) ? undefined : withoutEscapes(whole);
    }
    default:
      return text;
  }
}

/** A backslash means something else in each language: what is meant cannot be known. */
function withoutEscapes(text: string): string | undefined {
  return text.includes('\\') ? undefined : text.replaceAll(/\*+/g, '*');
}

function describeOperand(operand: unknown): string {
  const json = typeof operand === 'object' && !Array.isArray(operand) ? undefined : JSON.stringify(operand);
  return json === undefined || json.length > 60 ? '"…"' : json;
}
