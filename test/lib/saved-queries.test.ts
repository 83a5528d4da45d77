import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { queryText, SAVED_QUERIES } from '../../lib/saved-queries.ts';
import { nameOf, synthesize } from './synthesize.ts';

const OPERATIONS = readFileSync('docs/operations.md', 'utf8');
const RUNBOOK = readFileSync('docs/runbook.md', 'utf8');

/** The members of the log lines, as docs/operations.md lists them. */
const MEMBERS = [...OPERATIONS.matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name);

/** Names that a query defines, and the fields of the routing. */
const OTHERS = [
  'message',
  'timestamp',
  'priority',
  'ageSeconds',
  'changes',
  'contacts',
  'p95',
  'left',
  'answered',
];
const COMMANDS =
  /\b(filter|sort|display|stats|limit|by|as|in|and|asc|desc|count|count_distinct|pct|sum|avg|strcontains)\b/g;

describe.each(SAVED_QUERIES.map((query) => [query.name, query] as const))('the query "%s"', (name, query) => {
  test('names nothing but members of the log lines', () => {
    const words =
      queryText(query)
        .replaceAll(/"[^"]*"/g, '')
        .replaceAll(COMMANDS, '')
        .match(/[a-z]\w*/gi) ?? [];
    expect(words.length).toBeGreaterThan(1);
    expect(words.filter((word) => ![...MEMBERS, ...OTHERS, 'meanWaitMs'].includes(word))).toEqual([]);
  });

  test('stands in the runbook as it is saved', () => {
    expect(RUNBOOK).toContain(`\`\`\`text\n${queryText(query)}\n\`\`\``);
  });

  test('is saved for the functions that log changes and leavings', () => {
    const { template } = synthesize();
    const saved = Object.values(template.findResources('AWS::Logs::QueryDefinition')).map(
      ({ Properties }) => Properties,
    );
    expect(saved.length).toBe(SAVED_QUERIES.length);
    const found = saved.find(({ Name }) => Name === `ConnectEscalator/${name}`);
    expect(found?.QueryString).toBe(queryText(query));
    expect(found?.LogGroupNames.map(nameOf)).toEqual([
      'EscalatorDispatchFunctionLogs',
      'EscalatorContactEventsFunctionLogs',
      'EscalatorRuleMessagesFunctionLogs',
    ]);
  });
});
