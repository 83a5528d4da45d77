import type { JsonObject } from '../../lambda/domain/json.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import { objectsOrEmpty, requiredString, requiredStrings } from './input.ts';
import type { ParameterStore } from './store.ts';

const MAX_TAGS = 50;

/** ListTagsForResource, of a parameter. */
export function listTagsForResource(input: JsonObject, store: ParameterStore): object {
  const tags = store.tags(requireParameter(input, store));
  return { TagList: [...tags].map(([Key, Value]) => ({ Key, Value })) };
}

/** AddTagsToResource, to a parameter; a tag that is there already gets the new value. */
export function addTagsToResource(input: JsonObject, store: ParameterStore): object {
  const name = requireParameter(input, store);
  const tags = new Map([...store.tags(name), ...parseTags(input)]);
  if (tags.size > MAX_TAGS) {
    throw new AwsError(
      'TooManyTagsError',
      `A parameter can have ${MAX_TAGS} tags; it would have ${tags.size}.`,
    );
  }
  store.setTags(name, tags);
  return {};
}

/** RemoveTagsFromResource, from a parameter; a tag that is not there is no error. */
export function removeTagsFromResource(input: JsonObject, store: ParameterStore): object {
  const name = requireParameter(input, store);
  const removed = requiredStrings(input, 'TagKeys', MAX_TAGS);
  store.setTags(name, new Map([...store.tags(name)].filter(([key]) => !removed.includes(key))));
  return {};
}

/** The member `Tags` of a request. */
export function parseTags(input: JsonObject): Map<string, string> {
  return new Map(
    objectsOrEmpty(input, 'Tags').map((tag) => [requiredString(tag, 'Key'), requiredString(tag, 'Value')]),
  );
}

function requireParameter(input: JsonObject, store: ParameterStore): string {
  const type = requiredString(input, 'ResourceType');
  const name = requiredString(input, 'ResourceId');
  if (type !== 'Parameter') {
    throw new AwsError('InvalidResourceType', `${type} is not served here; served is Parameter.`);
  }
  if (!store.latest(name)) throw new AwsError('InvalidResourceId', `Parameter ${name} not found.`);
  return name;
}
