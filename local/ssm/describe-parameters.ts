import type { JsonObject } from '../../lambda/domain/json.ts';
import { AwsError } from '../aws-error.ts';
import { metadataAnswer } from './answer.ts';
import { objects, optionalText, text, texts } from './input.ts';
import { isUnder } from './name.ts';
import { pageOf } from './page.ts';
import type { ParameterVersion } from './parameter.ts';
import type { ParameterStore } from './store.ts';

type Test = (parameter: ParameterVersion, value: string) => boolean;

/** The filters that are served, by key and option; the first option of a key is its default. */
const FILTERS: Readonly<Record<string, Readonly<Record<string, Test>>>> = {
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
  const filters = objects(input, 'ParameterFilters').map(compiled);
  const found = store.all().filter((parameter) => filters.every((test) => test(parameter)));
  const { items, next } = pageOf(input, 50, found, ({ name }) => name);
  return {
    Parameters: items.map((parameter) => ({ ...metadataAnswer(parameter), ARN: store.arn(parameter.name) })),
    ...next,
  };
}

function compiled(filter: JsonObject): (parameter: ParameterVersion) => boolean {
  const key = text(filter, 'Key');
  const options = Object.hasOwn(FILTERS, key) ? FILTERS[key] : undefined;
  if (!options) {
    throw new AwsError(
      'InvalidFilterKey',
      `${key} is not served here; served are ${Object.keys(FILTERS).join(', ')}.`,
    );
  }
  const option = optionalText(filter, 'Option') ?? Object.keys(options)[0] ?? '';
  const test = Object.hasOwn(options, option) ? options[option] : undefined;
  if (!test) {
    const served = Object.keys(options).join(', ');
    throw new AwsError('InvalidFilterOption', `${option} is not an option of ${key}; served are ${served}.`);
  }
  const values = texts(filter, 'Values', 50);
  return (parameter) => values.some((value) => test(parameter, value));
}
