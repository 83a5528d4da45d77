import { isObject } from '../json.ts';
import { describeValue } from '../validation/problem.ts';
import { ipBytes } from './ip.ts';
import { expectNonEmptyList } from './operands.ts';
import { compileOperator } from './operators.ts';
import type { Scalar, ValueTest } from './pattern.ts';
import { addProblem, type Cursor, child } from './problem.ts';

/** The compiled list of values of a field. */
interface CompiledValues {
  readonly test: ValueTest;
  /** The only values that pass `test`, if these are all strings; otherwise undefined. */
  readonly exactTexts?: readonly string[];
  readonly mayBeAbsent: boolean;
}

const ALLOWED = 'strings, numbers, true, false, null and operators';

/**
 * Compiles the list of values of a field. A value matches if it matches any of them. What has problems is left out.
 */
export function compileValues(cursor: Cursor, list: readonly unknown[]): CompiledValues {
  const exact = new Set<Scalar>();
  const tests: ValueTest[] = [];
  let mayBeAbsent = false;
  expectNonEmptyList(cursor, list);
  for (const [index, value] of list.entries()) {
    if (isObject(value)) {
      const condition = compileOperator(child(cursor, index), value);
      if (condition === 'absent') mayBeAbsent = true;
      else if (condition) tests.push(condition);
    } else if (isScalar(value)) {
      exact.add(value);
    } else {
      addProblem(child(cursor, index), {
        code: 'bad-value',
        message:
          `Found ${describeValue(value)} in the list of values. ` +
          `Write ${ALLOWED} directly into the list.`,
        found: value,
        allowed: ALLOWED,
      });
    }
  }
  const matchesAddress = compileAddresses(exact);
  if (matchesAddress) tests.push(matchesAddress);
  const exactTexts = tests.length === 0 ? [...exact].filter((value) => typeof value === 'string') : [];
  const areAll = exactTexts.length > 0 && exactTexts.length === exact.size;
  return { test: anyOfTest(exact, tests), exactTexts: areAll ? exactTexts : undefined, mayBeAbsent };
}

/** False for NaN and infinity, which YAML has and JSON does not. */
function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** Event Ruler compares IP addresses by value, so every notation of an exact address matches. */
function compileAddresses(exact: ReadonlySet<Scalar>): ValueTest | undefined {
  const addresses = new Set<string>();
  for (const value of exact) {
    const bytes = typeof value === 'string' ? ipBytes(value) : undefined;
    if (bytes) addresses.add(bytes.join());
  }
  if (addresses.size === 0) return undefined;
  return (value) => typeof value === 'string' && addresses.has(ipBytes(value)?.join() ?? '');
}

function anyOfTest(exact: ReadonlySet<Scalar>, tests: readonly ValueTest[]): ValueTest {
  const [only, ...others] = tests;
  if (exact.size === 0 && only && others.length === 0) return only;
  if (tests.length > 0) return (value) => exact.has(value) || tests.some((test) => test(value));
  const [first] = exact;
  return exact.size === 1 ? (value) => value === first : (value) => exact.has(value);
}
