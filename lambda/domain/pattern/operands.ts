import { describeValue } from '../validation/problem.ts';
import { closestMatch } from '../validation/suggestion.ts';
import { isEquality, meantOperator, operatorEntry } from './operator-names.ts';
import { addProblem, type Cursor, child } from './problem.ts';

/** Reports an operand that is not a string. */
export function expectString(cursor: Cursor, operand: unknown): operand is string {
  if (typeof operand === 'string') return true;
  addProblem(cursor, {
    code: 'not-a-string',
    message: `Found ${describeValue(operand)}. ${stringAdvice(cursor, operand)}`,
    found: operand,
    allowed: 'a string',
  });
  return false;
}

function stringAdvice({ path }: Cursor, operand: unknown): string {
  if (typeof operand === 'number' || typeof operand === 'boolean')
    return `Write ${JSON.stringify(String(operand))} in quotes.`;
  const [above, operator] = path.slice(-2);
  const isInList = typeof above === 'number' && typeof operator === 'string';
  if (!isInList || !Array.isArray(operand) || operand.length > 5) return 'Write a string in quotes.';
  const texts = operand.filter((one) => typeof one === 'string');
  if (texts.length < operand.length || texts.length === 0) return 'Write a string in quotes.';
  const entries = texts.map((text) => operatorEntry(operator, operator, text));
  return `It takes one text: write ${entries.join(', ')}.`;
}

/** Reports an empty string. */
export function expectNonEmpty(cursor: Cursor, text: string): void {
  if (text !== '') return;
  addProblem(cursor, {
    code: 'empty-string',
    message: 'Found an empty string, which would exclude every string. Write at least one character.',
    found: text,
    allowed: 'a string of at least one character',
  });
}

/** Reports an empty list. */
export function expectNonEmptyList(cursor: Cursor, list: readonly unknown[]): void {
  if (list.length > 0) return;
  addProblem(cursor, {
    code: 'empty-list',
    message: 'Found an empty list. Write at least one value in it.',
    found: list,
    allowed: 'at least one value',
  });
}

/**
 * Returns the only key of an operator such as `{"prefix": "a"}`. Reports no key, several keys and an unknown
 * key.
 */
export function readOperatorName<Name extends string>(
  cursor: Cursor,
  expression: Readonly<Record<string, unknown>>,
  known: readonly Name[],
): Name | undefined {
  const names = Object.keys(expression);
  const [name = ''] = names;
  const allowed = known.join(', ');
  if (names.length !== 1) {
    const found =
      names.length === 0 ? 'an empty object' : `${names.length} keys (${describeValue(names.join(', '))})`;
    return addProblem(cursor, {
      code: 'not-one-operator',
      message: `Found ${found}. Write an object with one key, which is one of ${allowed}.`,
      found: expression,
      allowed: `one of ${allowed}`,
    });
  }
  const operator = known.find((one) => one === name);
  if (operator !== undefined) return operator;
  const advice = operatorAdvice(name, expression[name], known) ?? `Write one of ${allowed}.`;
  return addProblem(child(cursor, name), {
    code: 'unknown-operator',
    message: `There is no operator ${describeValue(name)} here. ${advice}`,
    found: name,
    allowed,
  });
}

function operatorAdvice(name: string, operand: unknown, known: readonly string[]): string | undefined {
  const signal = signalOfRule(name, operand);
  if (signal !== undefined) return `Write ${JSON.stringify(signal)}.`;
  const meant = known.length === 1 ? known[0] : meantOperator(name, known);
  if (meant !== undefined) {
    const isMisspelled = known.length === 1 || closestMatch(name, [meant]) !== undefined;
    return isMisspelled ? `Write ${JSON.stringify(meant)}.` : `Write ${operatorEntry(name, meant, operand)}.`;
  }
  return isEquality(name) ? 'Write the value itself into the list, without an operator.' : undefined;
}

/** The signal of a rule of Connect, which without quotes YAML reads as a key: `[rule: angry customer]`. */
function signalOfRule(name: string, operand: unknown): string | undefined {
  return name === 'rule' && typeof operand === 'string' ? `rule:${operand}` : undefined;
}
