/**
 * What a value from outside must be, as data: nothing is compiled or looked up when a schema is made, so a function that
 * starts pays for none of its schemas. `schemaProblems` compares a value with a schema.
 */
export class Schema<T> {
  /** What a valid value is; not there at run time. */
  declare readonly type: T;
  readonly shape: Shape;
  /** What is expected, for messages; undefined: its kind is named. */
  readonly form: string | undefined;
  readonly checks: readonly Check<never>[];

  constructor(shape: Shape, form?: string, checks: readonly Check<never>[] = []) {
    this.shape = shape;
    this.form = form;
    this.checks = checks;
  }

  /** The schema with further checks, each of which a value of the right type must pass. */
  check(...checks: readonly Check<T>[]): Schema<T> {
    return new Schema(this.shape, this.form, [...this.checks, ...checks]);
  }
}

/** A member that may be absent. */
export class OptionalSchema<T> extends Schema<T | undefined> {
  declare readonly isOptional: true;
}

/** An object with members that are listed. */
export class ObjectSchema<M extends Members> extends Schema<ObjectOf<M>> {
  readonly members: M;

  constructor(members: M, isStrict: boolean, form?: string) {
    super({ kind: 'object', members, isStrict }, form);
    this.members = members;
  }
}

/** Of what type a value is. */
export type Shape =
  | { readonly kind: 'string' | 'number' | 'int' | 'boolean' | 'unknown' }
  | { readonly kind: 'enum' | 'literal'; readonly values: readonly (string | boolean)[] }
  | { readonly kind: 'array'; readonly element: Schema<unknown> }
  | { readonly kind: 'record'; readonly key: Schema<string>; readonly value: Schema<unknown> }
  | { readonly kind: 'object'; readonly members: Members; readonly isStrict: boolean }
  | { readonly kind: 'optional'; readonly inner: Schema<unknown> };

/** The members of an object, by name. */
export type Members = Readonly<Record<string, Schema<unknown>>>;

/** What a value of the right type must fulfil beside. */
export type Check<T> =
  | {
      readonly kind: 'at least' | 'at most' | 'more than' | 'less than';
      /** Of a number its value, of a string its characters, of a list its entries. */
      readonly of: 'value' | 'length';
      readonly limit: number;
      readonly form?: string | undefined;
    }
  | {
      readonly kind: 'refine';
      readonly holds: (value: T) => boolean;
      readonly form?: string | ((value: unknown) => string) | undefined;
    };

/** What a value that a schema accepts is. */
export type Infer<S> = S extends Schema<infer T> ? T : never;

type OptionalKeys<M> = { [K in keyof M]: M[K] extends OptionalSchema<unknown> ? K : never }[keyof M];

type Flat<T> = { [K in keyof T]: T[K] };

type ObjectOf<M> = Flat<
  { [K in Exclude<keyof M, OptionalKeys<M>>]: Infer<M[K]> } & { [K in OptionalKeys<M>]?: Infer<M[K]> }
>;

export function string(form?: string): Schema<string> {
  return new Schema({ kind: 'string' }, form);
}

/** A finite number. */
export function number(): Schema<number> {
  return new Schema({ kind: 'number' });
}

/** A whole number that is exact. */
export function int(): Schema<number> {
  return new Schema({ kind: 'int' });
}

export function boolean(): Schema<boolean> {
  return new Schema({ kind: 'boolean' });
}

/** Any value that is there. */
export function unknown(): Schema<unknown> {
  return new Schema({ kind: 'unknown' });
}

export function oneOf<const T extends string>(values: readonly T[]): Schema<T> {
  return new Schema({ kind: 'enum', values });
}

export function literal<const T extends string | boolean>(value: T): Schema<T> {
  return new Schema({ kind: 'literal', values: [value] });
}

export function array<T>(element: Schema<T>): Schema<T[]> {
  return new Schema({ kind: 'array', element });
}

/** An object with any members. */
export function record<T>(key: Schema<string>, value: Schema<T>): Schema<Record<string, T>> {
  return new Schema({ kind: 'record', key, value });
}

/** An object without other members. */
export function strictObject<M extends Members>(members: M, form?: string): ObjectSchema<M> {
  return new ObjectSchema(members, true, form);
}

/** An object whose other members are ignored. */
export function object<M extends Members>(members: M): ObjectSchema<M> {
  return new ObjectSchema(members, false);
}

export function optional<T>(inner: Schema<T>): OptionalSchema<T> {
  return new OptionalSchema({ kind: 'optional', inner });
}

export function gte(limit: number): Check<unknown> {
  return { kind: 'at least', of: 'value', limit };
}

export function lte(limit: number): Check<unknown> {
  return { kind: 'at most', of: 'value', limit };
}

export function gt(limit: number): Check<unknown> {
  return { kind: 'more than', of: 'value', limit };
}

export function lt(limit: number): Check<unknown> {
  return { kind: 'less than', of: 'value', limit };
}

/** @param form - what is expected, for messages. */
export function minLength(limit: number, form?: string): Check<unknown> {
  return { kind: 'at least', of: 'length', limit, form };
}

export function maxLength(limit: number): Check<unknown> {
  return { kind: 'at most', of: 'length', limit };
}

/** @param form - what is expected, for messages. Default: the form of the schema. */
export function refine<T>(
  holds: (value: T) => boolean,
  form?: string | ((value: unknown) => string),
): Check<T> {
  return { kind: 'refine', holds, form };
}
