import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from '../lambda/domain/policy/json-schema.ts';
import { scenarioJsonSchema } from '../sim/scenario/index.ts';

/* Writes the JSON Schemas of policies, settings and scenarios. A test checks that they are current. */

const directory = join(import.meta.dirname, '../schemas');
mkdirSync(directory, { recursive: true });
for (const [name, schema] of Object.entries({ ...jsonSchemas(), scenario: scenarioJsonSchema() })) {
  writeFileSync(join(directory, `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);
}
