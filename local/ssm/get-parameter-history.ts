import type { JsonObject } from '../../lambda/domain/json.ts';
import { AwsError } from '../aws-error.ts';
import { metadataAnswer, shownValue } from './answer.ts';
import { flag, text } from './input.ts';
import { pageOf } from './page.ts';
import type { ParameterStore } from './store.ts';

/** GetParameterHistory: the versions that are kept, the oldest first, at most 50 a page. */
export function getParameterHistory(input: JsonObject, store: ParameterStore): object {
  const name = text(input, 'Name');
  const versions = store.versions(name);
  if (versions.length === 0) throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
  const decrypt = flag(input, 'WithDecryption');
  // Padded, since page tokens are compared as texts.
  const { items, next } = pageOf(input, 50, versions, ({ version }) => String(version).padStart(9, '0'));
  return {
    Parameters: items.map((version) => ({
      ...metadataAnswer(version),
      Value: shownValue(version, decrypt),
      Labels: [],
    })),
    ...next,
  };
}
