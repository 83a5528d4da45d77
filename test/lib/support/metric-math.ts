/**
 * Evaluates the part of CloudWatch's metric math that the alarms use, as "Metric math syntax and functions" of the
 * CloudWatch user guide describes it. Whether FILL fills a series without any point is not documented, so a caller
 * chooses, and a test tries both.
 */

/** A value for each period; undefined where there is no point. */
export type Series = readonly (number | undefined)[];

type Value = number | Series | readonly Series[];

export interface Semantics {
  /** Whether FILL fills a series that has no point at all. */
  readonly fillsEmpty: boolean;
}

/** @throws SyntaxError for what this evaluator does not know. */
export function evaluate(expression: string, series: Record<string, Series>, semantics: Semantics): Series {
  const tokens = expression.match(/[A-Za-z_]\w*|\d+|>=|[><(),[\]*]/g) ?? [];
  let position = 0;
  const peek = () => tokens[position];
  const next = (expected?: string): string => {
    const token = tokens[position++];
    if (token === undefined || (expected !== undefined && token !== expected)) {
      throw new SyntaxError(`${token} instead of ${expected} in ${expression}`);
    }
    return token;
  };
  const list = (end: string): Value[] => {
    const values = [comparison()];
    while (peek() === ',') {
      next();
      values.push(comparison());
    }
    next(end);
    return values;
  };
  const primary = (): Value => {
    const token = next();
    if (token === '[') return list(']') as Series[];
    if (/^\d+$/.test(token)) return Number(token);
    if (peek() !== '(') {
      const found = series[token];
      if (!found) throw new SyntaxError(`no metric ${token} in ${expression}`);
      return found;
    }
    next('(');
    return call(token, list(')'), semantics);
  };
  const product = (): Value => {
    const left = primary();
    if (peek() !== '*') return left;
    next();
    // Where a point is missing, the product has none.
    return combine(left, primary(), (a, b) => (a === undefined || b === undefined ? undefined : a * b));
  };
  function comparison(): Value {
    const left = product();
    const operator = peek();
    if (operator === undefined || !['>', '<', '>='].includes(operator)) return left;
    next();
    const right = product();
    const holds = (a: number, b: number) =>
      Number(operator === '>' ? a > b : operator === '<' ? a < b : a >= b);
    // Between two series a missing point counts as 0, unless both are missing; beside a number it stays missing.
    const areSeries = isSeries(left) && isSeries(right);
    return combine(left, right, (a, b) => {
      if (areSeries) return a === undefined && b === undefined ? undefined : holds(a ?? 0, b ?? 0);
      return a === undefined || b === undefined ? undefined : holds(a, b);
    });
  }
  const result = comparison();
  if (position !== tokens.length || !isSeries(result)) throw new SyntaxError(expression);
  return result;
}

function call(name: string, args: readonly Value[], { fillsEmpty }: Semantics): Value {
  const [first = [], second, third] = args;
  switch (name) {
    case 'FILL': {
      const filled = first as Series;
      const isEmpty = filled.every((value) => value === undefined);
      return isEmpty && !fillsEmpty ? filled : filled.map((value) => value ?? (second as number));
    }
    case 'RUNNING_SUM': {
      let sum = 0;
      return (first as Series).map((value) => {
        if (value === undefined) return undefined;
        sum += value;
        return sum;
      });
    }
    case 'MAX':
      return maximum(first as readonly Series[]);
    case 'IF':
      return (first as Series).map((condition, at) => {
        if (condition === undefined) return undefined;
        const branch = condition === 0 ? third : second;
        const value = branch === undefined || typeof branch === 'number' ? branch : (branch as Series)[at];
        // "If the condition is true and there is no point, 0 is used; if it is false, the point is dropped."
        return condition === 0 ? value : (value ?? 0);
      });
    default:
      throw new SyntaxError(`the function ${name} is not known here`);
  }
}

function maximum(all: readonly Series[]): Series {
  return (all[0] ?? []).map((_, at) => {
    const values = all.map((one) => one[at]).filter((value) => value !== undefined);
    return values.length === 0 ? undefined : Math.max(...values);
  });
}

function isSeries(value: Value): value is Series {
  return typeof value !== 'number' && !value.some((entry) => typeof entry === 'object');
}

function combine(
  left: Value,
  right: Value,
  operation: (a: number | undefined, b: number | undefined) => number | undefined,
): Value {
  const at = (value: Value, index: number) => (typeof value === 'number' ? value : (value as Series)[index]);
  const length = typeof left === 'number' ? (right as Series).length : (left as Series).length;
  return Array.from({ length }, (_, index) => operation(at(left, index), at(right, index)));
}
