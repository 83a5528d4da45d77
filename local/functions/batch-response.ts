import { isObject } from '../../lambda/domain/json.ts';

/**
 * The ids of the messages of a batch that a function reports as failed.
 *
 * Source: Lambda developer guide, "Implementing partial batch responses": an empty response, an empty object
 * and an empty or null list report no failure. Any other response that is not a list of known ids reports the
 * whole batch.
 *
 * @param response - the result of the handler.
 * @param ids - the ids of the messages in the batch.
 */
export function failedMessageIds(response: unknown, ids: readonly string[]): readonly string[] {
  if (response === null || response === undefined) return [];
  const failures = isObject(response) ? (response.batchItemFailures ?? []) : undefined;
  if (!Array.isArray(failures)) return ids;
  const failed: unknown[] = failures.map((failure) =>
    isObject(failure) ? failure.itemIdentifier : undefined,
  );
  const isKnown = (id: unknown): id is string => typeof id === 'string' && ids.includes(id);
  return failed.every(isKnown) ? failed : ids;
}
