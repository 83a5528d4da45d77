import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from '../lambda/domain/policy/json-schema.ts';

/** Writes the JSON Schemas of policies and settings, for editors: `npm run schemas`. A test holds that they are current. */
const folder = join(import.meta.dirname, '../schemas');
mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries(jsonSchemas())) {
  writeFileSync(join(folder, `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);
}
