import { isObject, type JsonObject } from '../../lambda/domain/json.ts';
import { AwsError, constraintViolation } from '../endpoint/aws-error.ts';

/** A member that must be a text, where it is there. */
export function optionalString(input: JsonObject, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw typeError(name, 'a string');
  return value;
}

/** A member that must be there and be a text. */
export function requiredString(input: JsonObject, name: string): string {
  const value = optionalString(input, name);
  if (value === undefined) throw missingError(name);
  return value;
}

/** A member that is false where it is not there. */
export function booleanOrFalse(input: JsonObject, name: string): boolean {
  const value = input[name] ?? false;
  if (typeof value !== 'boolean') throw typeError(name, 'a boolean');
  return value;
}

/** A list of texts that must be there, of 1 to `most` members. */
export function requiredStrings(input: JsonObject, name: string, most: number): string[] {
  const value = input[name] ?? undefined;
  if (value === undefined) throw missingError(name);
  if (!Array.isArray(value) || !value.every((member) => typeof member === 'string')) {
    throw typeError(name, 'a list of strings');
  }
  const shown = `[${value.join(', ')}]`;
  if (value.length < 1) throw limitError(name, shown, 'length greater than or equal to 1');
  if (value.length > most) throw limitError(name, shown, `length less than or equal to ${most}`);
  return value;
}

/** A list of objects; empty where it is not there. */
export function objectsOrEmpty(input: JsonObject, name: string): JsonObject[] {
  const value = input[name] ?? [];
  if (!Array.isArray(value) || !value.every(isObject)) throw typeError(name, 'a list of objects');
  return value;
}

/** A whole number from 1 to `most`; `most` itself where it is not there. */
export function integerUpTo(input: JsonObject, name: string, most: number): number {
  const value = input[name] ?? most;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw typeError(name, 'an integer');
  if (value < 1) throw limitError(name, value, 'value greater than or equal to 1');
  if (value > most) throw limitError(name, value, `value less than or equal to ${most}`);
  return value;
}

/** One of a set of texts, where it is there. */
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

function missingError(name: string): AwsError {
  return constraintViolation(memberName(name), undefined, 'Member must not be null');
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
