import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from '../lambda/domain/policy/json-schema.ts';
import { scenarioJsonSchema } from '../sim/scenario/index.ts';

/** Writes the JSON Schemas of policies, settings and scenarios, for editors: `npm run schemas`. A test holds that they are current. */
const folder = join(import.meta.dirname, '../schemas');
mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries({ ...jsonSchemas(), scenario: scenarioJsonSchema() })) {
  writeFileSync(join(folder, `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);
}
