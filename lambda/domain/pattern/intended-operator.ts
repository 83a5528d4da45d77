import { closestMatch } from '../validation/suggestion.ts';
import { OPERATOR_NAMES } from './operators.ts';

/** Names of other languages for the operators. */
const SYNONYMS: Readonly<Record<string, string>> = {
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
};

/** The operator that a key stands for: the key itself, a misspelled one, or a name of another language. */
export function intendedOperator(key: string): string | undefined {
  if (OPERATOR_NAMES.includes(key)) return key;
  const name = key.replaceAll(/(?<=[a-z])(?=[A-Z])|_/g, '-').toLowerCase();
  if (Object.hasOwn(SYNONYMS, name)) return SYNONYMS[name];
  // A short name is similar to too many others.
  return key.length < 5 ? undefined : closestMatch(key, OPERATOR_NAMES);
}

/** How a field with an operator is written: `"tier": [{"anything-but": ["gold"]}]`. */
export function operatorForm(field: string, operator: string, values: unknown): string {
  const operand = operator === 'anything-but' ? values : Array.isArray(values) ? values[0] : values;
  const isNumeric = operator === 'numeric';
  const shown = isNumeric ? '[">=", 5]' : describeOperand(operand);
  return `${JSON.stringify(field)}: [{"${operator}": ${shown}}]`;
}

function describeOperand(operand: unknown): string {
  const json = typeof operand === 'object' && !Array.isArray(operand) ? undefined : JSON.stringify(operand);
  return json === undefined || json.length > 60 ? '…' : json;
}
