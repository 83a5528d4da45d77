import type { Mutant } from './mutants.ts';

const inAdapters = (name: string, defect: string, file: string, find: string, put: string): Mutant => ({
  name,
  defect,
  isInAdapters: true,
  edits: [{ file: `lambda/aws/${file}`, find, put }],
});

/** Defects in the adapters, each of which the runs through the adapters must find. */
export const ADAPTER_MUTANTS: readonly Mutant[] = [
  inAdapters(
    'write-without-condition',
    'a stale revision overwrites a newer record',
    'conditional-put.ts',
    `          : {
              ConditionExpression: 'revision = :read',
              ExpressionAttributeValues: marshall({ ':read': revision }),
            }),`,
    '          : {}),',
  ),
  inAdapters(
    'new-item-without-condition',
    'two that write a new contact at once do not notice each other',
    'conditional-put.ts',
    `? { ConditionExpression: \`attribute_not_exists(\${TABLE.partitionKey})\` }`,
    '? {}',
  ),
  inAdapters(
    'conflict-counts-as-written',
    'a write whose condition does not hold counts as written',
    'conditional-put.ts',
    "error.name === 'ConditionalCheckFailedException') return undefined;",
    "error.name === 'ConditionalCheckFailedException') return next;",
  ),
  inAdapters(
    'conflict-is-an-error',
    'a write whose condition does not hold is not tried again',
    'conditional-put.ts',
    "if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return undefined;",
    '',
  ),
  inAdapters(
    'not-set-is-1970',
    'where Connect has no time, 1970 is taken for one',
    'connect.ts',
    'return date && date.getUTCFullYear() > 1970 ? date.getTime() : undefined;',
    'return date?.getTime();',
  ),
  inAdapters(
    'idempotent-across-generations',
    'an update that was made in another generation counts as made',
    'idempotent-connect.ts',
    'generation: attempt.generation, update: attempt.update };',
    'generation: 0, update: attempt.update };',
  ),
  inAdapters(
    'failing-table-means-done',
    'an update counts as made where its idempotency record cannot be written',
    'idempotent-connect.ts',
    'return isUncalled ? { ...unknown, isUncalled } : unknown;',
    "return { kind: 'done' };",
  ),
];
