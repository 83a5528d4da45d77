/** A value in the JSON protocol of DynamoDB, such as `{ "S": "text" }`. */
export type Value = Readonly<Partial<Record<'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'M' | 'L', unknown>>>;

/** An item in the JSON protocol of DynamoDB. */
export type Item = Readonly<Record<string, Value>>;

/** The placeholders of an expression. */
export interface Placeholders {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, Value>>;
}

/** The table does not model what an expression says: a mistake, or something that it has to learn. */
export class UnknownExpressionError extends Error {
  override readonly name = 'UnknownExpressionError';
}

const TOKEN = /\s*(<>|<=|>=|[<>=(),]|[#:]?\w+)/gy;

/** Whether an item, or none, meets a condition expression or a key condition expression. */
export function meetsCondition(
  expression: string,
  item: Item | undefined,
  placeholders: Placeholders,
): boolean {
  const reader = new Reader(expression, item, placeholders);
  const result = reader.or();
  reader.end();
  return result;
}

/** The item after an update expression, of which only `SET` is known. */
export function updated(expression: string, item: Item, placeholders: Placeholders): Item {
  const reader = new Reader(expression, item, placeholders);
  reader.take('SET');
  const assigned: Record<string, Value> = {};
  do {
    const name = reader.name();
    reader.take('=');
    const value = reader.operand();
    if (value === undefined) throw new UnknownExpressionError(`${expression} sets what is not there.`);
    assigned[name] = value;
  } while (reader.takeIf(','));
  reader.end();
  return { ...item, ...assigned };
}

/** Reads an expression and evaluates it on the way. */
class Reader {
  readonly #tokens: readonly string[];
  readonly #expression: string;
  readonly #item: Item;
  readonly #placeholders: Placeholders;
  #position = 0;

  constructor(expression: string, item: Item | undefined, placeholders: Placeholders) {
    this.#expression = expression;
    this.#tokens = [...expression.trim().matchAll(TOKEN)].map(([, token = '']) => token);
    if (this.#tokens.join('') !== expression.replaceAll(/\s/g, '')) throw this.#unknown();
    this.#item = item ?? {};
    this.#placeholders = placeholders;
  }

  or(): boolean {
    let result = this.#and();
    while (this.takeIf('OR')) result = this.#and() || result;
    return result;
  }

  #and(): boolean {
    let result = this.#primary();
    while (this.takeIf('AND')) result = this.#primary() && result;
    return result;
  }

  #primary(): boolean {
    if (this.takeIf('NOT')) return !this.#primary();
    if (this.takeIf('(')) {
      const result = this.or();
      this.take(')');
      return result;
    }
    for (const [name, expected] of [
      ['attribute_exists', true],
      ['attribute_not_exists', false],
    ] as const) {
      if (!this.takeIf(name)) continue;
      this.take('(');
      const exists = this.operand() !== undefined;
      this.take(')');
      return exists === expected;
    }
    return this.#comparison();
  }

  #comparison(): boolean {
    const left = this.operand();
    const operator = this.#next();
    if (operator === 'BETWEEN') {
      const from = this.operand();
      this.take('AND');
      const to = this.operand();
      return holds('>=', left, from) && holds('<=', left, to);
    }
    if (!(operator in COMPARISONS)) throw this.#unknown();
    return holds(operator, left, this.operand());
  }

  /** The value of an attribute, of a placeholder or of `if_not_exists`; undefined where it is not there. */
  operand(): Value | undefined {
    if (this.takeIf('if_not_exists')) {
      this.take('(');
      const present = this.operand();
      this.take(',');
      const otherwise = this.operand();
      this.take(')');
      return present ?? otherwise;
    }
    const token = this.#next();
    if (!token.startsWith(':')) return this.#item[this.#nameOf(token)];
    const value = this.#placeholders.ExpressionAttributeValues?.[token];
    if (!value) throw this.#unknown();
    return value;
  }

  name(): string {
    return this.#nameOf(this.#next());
  }

  #nameOf(token: string): string {
    const name = token.startsWith('#') ? this.#placeholders.ExpressionAttributeNames?.[token] : token;
    if (name === undefined || !/^[\w]+$/.test(name)) throw this.#unknown();
    return name;
  }

  take(token: string): void {
    if (!this.takeIf(token)) throw this.#unknown();
  }

  takeIf(token: string): boolean {
    if (this.#tokens[this.#position] !== token) return false;
    this.#position += 1;
    return true;
  }

  end(): void {
    if (this.#position < this.#tokens.length) throw this.#unknown();
  }

  #next(): string {
    const token = this.#tokens[this.#position];
    if (token === undefined) throw this.#unknown();
    this.#position += 1;
    return token;
  }

  #unknown(): UnknownExpressionError {
    return new UnknownExpressionError(
      `The expression ${this.#expression} is not modelled, near its token ${this.#position + 1}.`,
    );
  }
}

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** What is not there, or of another type, compares as false; only `<>` holds then. */
function holds(operator: string, left: Value | undefined, right: Value | undefined): boolean {
  const order = left && right && orderOf(left, right);
  return order === undefined ? operator === '<>' : COMPARISONS[operator]?.(order) === true;
}

/** Below, at or above 0 as the first value is less, equal or greater; undefined for values of two types. */
export function orderOf(a: Value, b: Value): number | undefined {
  if (a.N !== undefined && b.N !== undefined) return Number(a.N) - Number(b.N);
  if (a.S === undefined || b.S === undefined) return undefined;
  return Buffer.compare(Buffer.from(String(a.S)), Buffer.from(String(b.S)));
}
