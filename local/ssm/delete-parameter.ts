import type { JsonObject } from '../../lambda/domain/json.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import { requiredString, requiredStrings } from './input.ts';
import type { ParameterStore } from './store.ts';

/** DeleteParameter: with all its versions. */
export function deleteParameter(input: JsonObject, store: ParameterStore): object {
  const name = requiredString(input, 'Name');
  if (!store.delete(name)) throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
  return {};
}

/** DeleteParameters: up to 10. Those that are not there are named in the answer; they are no error. */
export function deleteParameters(input: JsonObject, store: ParameterStore): object {
  const outcome = requiredStrings(input, 'Names', 10).map((name) => ({ name, deleted: store.delete(name) }));
  return {
    DeletedParameters: outcome.flatMap(({ name, deleted }) => (deleted ? [name] : [])),
    InvalidParameters: outcome.flatMap(({ name, deleted }) => (deleted ? [] : [name])),
  };
}
