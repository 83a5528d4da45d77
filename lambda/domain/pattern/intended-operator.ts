import { meantOperator } from './operator-names.ts';
import { OPERATOR_NAMES } from './operators.ts';

/** The operator that a key stands for: the key itself, a misspelled one, or a name of another language. */
export function intendedOperator(key: string): string | undefined {
  return meantOperator(key, OPERATOR_NAMES);
}
