import type { JsonObject } from '../../lambda/domain/json.ts';
import { AwsError } from '../aws-error.ts';
import { parameterAnswer } from './answer.ts';
import { flag, objects, text } from './input.ts';
import { checkPath, isUnder } from './name.ts';
import { pageOf } from './page.ts';
import type { ParameterStore } from './store.ts';

/** GetParametersByPath: at most 10 a page. */
export function getParametersByPath(input: JsonObject, store: ParameterStore): object {
  const path = text(input, 'Path');
  checkPath(path);
  if (objects(input, 'ParameterFilters').length > 0) {
    throw new AwsError(
      'InvalidFilterKey',
      'Filters of GetParametersByPath are not served here; leave them out.',
    );
  }
  const recursive = flag(input, 'Recursive');
  const found = store.all().filter(({ name }) => isUnder(name, path, recursive));
  const { items, next } = pageOf(input, 10, found, ({ name }) => name);
  const decrypt = flag(input, 'WithDecryption');
  return { Parameters: items.map((parameter) => parameterAnswer(parameter, store, decrypt)), ...next };
}
