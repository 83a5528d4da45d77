import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from '../lambda/domain/policy/json-schema.ts';
import { eventJsonSchemas } from '../lambda/domain/reports/json-schema.ts';
import { goalsJsonSchema } from '../sim/goals/index.ts';
import { scenarioJsonSchema } from '../sim/scenario/index.ts';

/* Writes the JSON Schemas of policies, settings, scenarios, goals and outgoing events. A test checks that they are current. */

const directory = join(import.meta.dirname, '../schemas');
mkdirSync(join(directory, 'events'), { recursive: true });
const events = Object.entries(eventJsonSchemas()).map(
  ([name, schema]) => [`events/${name}`, schema] as const,
);
const schemas = {
  ...jsonSchemas(),
  scenario: scenarioJsonSchema(),
  goals: goalsJsonSchema(),
  ...Object.fromEntries(events),
};
for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(join(directory, `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);
}
