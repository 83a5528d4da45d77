import type { JsonObject } from '../../lambda/domain/json.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import { objectsOrEmpty, optionalString, requiredString, requiredStrings } from './input.ts';
import { paginate } from './pagination.ts';
import type { ParameterVersion } from './parameter.ts';
import { isUnder } from './parameter-name.ts';
import { metadataResponse } from './parameter-response.ts';
import type { ParameterStore } from './store.ts';

type FilterTest = (parameter: ParameterVersion, value: string) => boolean;

/** The filters that are served, by key and option; the first option of a key is its default. */
const FILTERS: Readonly<Record<string, Readonly<Record<string, FilterTest>>>> = {
  Name: {
    Equals: ({ name }, value) => name === value,
    BeginsWith: ({ name }, value) => name.startsWith(value),
    Contains: ({ name }, value) => name.includes(value),
  },
  Path: {
    OneLevel: ({ name }, value) => isUnder(name, value, false),
    Recursive: ({ name }, value) => isUnder(name, value, true),
  },
  Type: { Equals: ({ type }, value) => type === value },
  Tier: { Equals: ({ tier }, value) => tier === value },
};

/** DescribeParameters: everything but the values, at most 50 a page. */
export function describeParameters(input: JsonObject, store: ParameterStore): object {
  const filters = objectsOrEmpty(input, 'ParameterFilters').map(compileFilter);
  const found = store.all().filter((parameter) => filters.every((test) => test(parameter)));
  const { items, next } = paginate(input, 50, found, ({ name }) => name);
  return {
    Parameters: items.map((parameter) => ({
      ...metadataResponse(parameter),
      ARN: store.arn(parameter.name),
    })),
    ...next,
  };
}

function compileFilter(filter: JsonObject): (parameter: ParameterVersion) => boolean {
  const key = requiredString(filter, 'Key');
  const options = Object.hasOwn(FILTERS, key) ? FILTERS[key] : undefined;
  if (!options) {
    throw new AwsError(
      'InvalidFilterKey',
      `${key} is not served here; served are ${Object.keys(FILTERS).join(', ')}.`,
    );
  }
  const option = optionalString(filter, 'Option') ?? Object.keys(options)[0] ?? '';
  const test = Object.hasOwn(options, option) ? options[option] : undefined;
  if (!test) {
    const served = Object.keys(options).join(', ');
    throw new AwsError('InvalidFilterOption', `${option} is not an option of ${key}; served are ${served}.`);
  }
  const values = requiredStrings(filter, 'Values', 50);
  return (parameter) => values.some((value) => test(parameter, value));
}
