import { describeValue } from '../validation/problem.ts';
import { closestMatch } from '../validation/suggestion.ts';
import { addProblem, type Cursor, child } from './problem.ts';

/** Reports an operand that is not a string. */
export function expectString(cursor: Cursor, operand: unknown): operand is string {
  if (typeof operand === 'string') return true;
  addProblem(cursor, {
    code: 'not-a-string',
    message: `Found ${describeValue(operand)}. Write a string in quotes.`,
    found: operand,
    allowed: 'a string',
  });
  return false;
}

/** Reports an empty string. */
export function expectNonEmpty(cursor: Cursor, text: string): boolean {
  if (text !== '') return true;
  addProblem(cursor, {
    code: 'empty-string',
    message: 'Found an empty string, which would exclude every string. Write at least one character.',
    found: text,
    allowed: 'a string of at least one character',
  });
  return false;
}

/** Reports an empty list. */
export function expectNonEmptyList(cursor: Cursor, list: readonly unknown[]): boolean {
  if (list.length > 0) return true;
  addProblem(cursor, {
    code: 'empty-list',
    message: 'Found an empty list. Write at least one value in it.',
    found: list,
    allowed: 'at least one value',
  });
  return false;
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
  const suggestion = known.length === 1 ? known[0] : closestMatch(name, known);
  const instead = signalOfRule(name, expression[name]) ?? suggestion;
  return addProblem(child(cursor, name), {
    code: 'unknown-operator',
    message:
      `There is no operator ${describeValue(name)} here. ` +
      `Write ${instead === undefined ? `one of ${allowed}` : JSON.stringify(instead)}.`,
    found: name,
    allowed,
  });
}

/** The signal of a rule of Connect, which without quotes YAML reads as a key: `[rule: angry customer]`. */
function signalOfRule(name: string, operand: unknown): string | undefined {
  return name === 'rule' && typeof operand === 'string' ? `rule:${operand}` : undefined;
}
