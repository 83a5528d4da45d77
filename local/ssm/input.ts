import { isObject, type JsonObject } from '../../lambda/domain/json.ts';
import { AwsError, constraintViolation } from '../endpoint/aws-error.ts';

/**
 * An optional string.
 *
 * @throws AwsError SerializationException for another type.
 */
export function optionalString(input: JsonObject, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw typeError(name, 'a string');
  return value;
}

/**
 * A required string.
 *
 * @throws AwsError ValidationException when it is missing, SerializationException for another type.
 */
export function requiredString(input: JsonObject, name: string): string {
  const value = optionalString(input, name);
  if (value === undefined) {
    throw constraintViolation(memberName(name), undefined, 'Member must not be null');
  }
  return value;
}

/** An optional boolean; false by default. */
export function booleanOrFalse(input: JsonObject, name: string): boolean {
  const value = input[name] ?? false;
  if (typeof value !== 'boolean') throw typeError(name, 'a boolean');
  return value;
}

/** An optional list of objects; empty by default. */
export function objectsOrEmpty(input: JsonObject, name: string): JsonObject[] {
  const value = input[name] ?? [];
  if (!Array.isArray(value) || !value.every(isObject)) throw typeError(name, 'a list of objects');
  return value;
}

/** An optional integer from 1 to `max`; `max` by default. */
export function integerUpTo(input: JsonObject, name: string, max: number): number {
  const value = input[name] ?? max;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw typeError(name, 'an integer');
  if (value < 1) throw limitError(name, value, 'value greater than or equal to 1');
  if (value > max) throw limitError(name, value, `value less than or equal to ${max}`);
  return value;
}

/** An optional string that is one of `choices`. */
export function optionalEnum<T extends string>(
  input: JsonObject,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = optionalString(input, name);
  const choice = choices.find((candidate) => candidate === value);
  if (value !== undefined && choice === undefined) {
    throw constraintViolation(
      memberName(name),
      value,
      `Member must satisfy enum value set: [${choices.join(', ')}]`,
    );
  }
  return choice;
}

function limitError(name: string, found: unknown, bound: string): AwsError {
  return constraintViolation(memberName(name), found, `Member must have ${bound}`);
}

function typeError(name: string, expected: string): AwsError {
  return new AwsError('SerializationException', `${name} must be ${expected}.`);
}

function memberName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
