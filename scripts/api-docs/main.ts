import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withApiTables } from './page.ts';

/**
 * Updates the tables of docs/construct.md from the source of lib/: `npm run docs:api`. A test checks that
 * they are current.
 */
const page = join(import.meta.dirname, '../../docs/construct.md');
writeFileSync(page, withApiTables(readFileSync(page, 'utf8')));
