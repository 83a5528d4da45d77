import type { JsonObject } from '../../lambda/domain/json.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import { requiredString } from './input.ts';
import type { ParameterStore } from './store.ts';

/** DeleteParameter: deletes a parameter with all its versions. */
export function deleteParameter(input: JsonObject, store: ParameterStore): object {
  const name = requiredString(input, 'Name');
  if (!store.delete(name)) throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
  return {};
}
