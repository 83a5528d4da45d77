import * as z from 'zod/mini';
import type { Check, Members, ObjectSchema, Schema } from './schema.ts';

/**
 * The schema in the form of Zod, from which JSON Schemas are made, and which the schema of scenarios contains. No
 * function imports this: Zod takes longer to start than most of them take to handle an event.
 */
export function toZod<T>(schema: Schema<T>): z.ZodMiniType<T> {
  const known = CONVERTED.get(schema) ?? withChecks(schema);
  CONVERTED.set(schema, known);
  return known as z.ZodMiniType<T>;
}

/** What several members share is one definition in a JSON Schema. */
const CONVERTED = new WeakMap<Schema<unknown>, z.ZodMiniType>();

function withChecks(schema: Schema<unknown>): z.ZodMiniType {
  return schema.checks.reduce<z.ZodMiniType>(
    (type, check) => type.check(zodCheck(check) as z.core.$ZodCheck<unknown>),
    withoutChecks(schema),
  );
}

/** The same of an object, to be extended. */
export function objectToZod<M extends Members>(schema: ObjectSchema<M>): z.ZodMiniObject {
  return toZod(schema) as unknown as z.ZodMiniObject;
}

function withoutChecks({ shape, form }: Schema<unknown>): z.ZodMiniType {
  switch (shape.kind) {
    case 'string':
      return z.string(form);
    case 'number':
      return z.number(form);
    case 'int':
      return z.int(form);
    case 'boolean':
      return z.boolean(form);
    case 'unknown':
      return z.unknown();
    case 'enum':
      return z.enum(shape.values as readonly string[], form);
    case 'literal':
      return z.literal(shape.values, form);
    case 'array':
      return z.array(toZod(shape.element), form);
    case 'record':
      return z.record(toZod(shape.key) as z.ZodMiniString, toZod(shape.value), form);
    case 'object': {
      const members = Object.fromEntries(
        Object.entries(shape.members).map(([name, member]) => [name, toZod(member)]),
      );
      return shape.isStrict ? z.strictObject(members, form) : z.object(members, form);
    }
    case 'optional':
      return z.optional(toZod(shape.inner));
  }
}

function zodCheck(check: Check<never>): z.core.$ZodCheck<never> {
  if (check.kind === 'refine') {
    const { holds, form } = check;
    if (form === undefined) return z.refine(holds as (value: unknown) => boolean);
    return z.refine(holds as (value: unknown) => boolean, {
      error: typeof form === 'function' ? ({ input }: { readonly input?: unknown }) => form(input) : form,
    });
  }
  const { limit, form } = check;
  switch (`${check.kind} ${check.of}` as const) {
    case 'at least value':
      return z.gte(limit, form);
    case 'at most value':
      return z.lte(limit, form);
    case 'more than value':
    case 'more than length':
      return z.gt(limit, form);
    case 'less than value':
    case 'less than length':
      return z.lt(limit, form);
    case 'at least length':
      return z.minLength(limit, form);
    case 'at most length':
      return z.maxLength(limit, form);
  }
}
