import type { JsonObject } from '../../lambda/domain/json.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import { booleanOrFalse, requiredString } from './input.ts';
import { paginate } from './pagination.ts';
import { metadataResponse, visibleValue } from './parameter-response.ts';
import type { ParameterStore } from './store.ts';

/** GetParameterHistory: the versions that are kept, the oldest first, at most 50 per page. */
export function getParameterHistory(input: JsonObject, store: ParameterStore): object {
  const name = requiredString(input, 'Name');
  const versions = store.versions(name);
  if (versions.length === 0) throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
  const decrypt = booleanOrFalse(input, 'WithDecryption');
  // Padded, because page tokens are compared as strings.
  const { items, next } = paginate(input, 50, versions, ({ version }) => String(version).padStart(9, '0'));
  return {
    Parameters: items.map((version) => ({
      ...metadataResponse(version),
      Value: visibleValue(version, decrypt),
      Labels: [],
    })),
    ...next,
  };
}
