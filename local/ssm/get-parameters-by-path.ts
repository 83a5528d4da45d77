import type { JsonObject } from '../../lambda/domain/json.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import { booleanOrFalse, objectsOrEmpty, requiredString } from './input.ts';
import { paginate } from './pagination.ts';
import { checkPath, isUnder } from './parameter-name.ts';
import { parameterResponse } from './parameter-response.ts';
import type { ParameterStore } from './store.ts';

/** GetParametersByPath: at most 10 parameters per page. Filters are not supported. */
export function getParametersByPath(input: JsonObject, store: ParameterStore): object {
  const path = requiredString(input, 'Path');
  checkPath(path);
  if (objectsOrEmpty(input, 'ParameterFilters').length > 0) {
    throw new AwsError(
      'InvalidFilterKey',
      'ParameterFilters is not supported by the local endpoint; omit it.',
    );
  }
  const recursive = booleanOrFalse(input, 'Recursive');
  const found = store.all().filter(({ name }) => isUnder(name, path, recursive));
  const { items, next } = paginate(input, 10, found, ({ name }) => name);
  const decrypt = booleanOrFalse(input, 'WithDecryption');
  return { Parameters: items.map((parameter) => parameterResponse(parameter, store, decrypt)), ...next };
}
