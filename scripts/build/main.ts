import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildCli } from './cli.ts';
import { buildConstruct } from './construct.ts';
import { buildDeclarations } from './declarations.ts';
import { buildHandlers } from './handlers.ts';
import { writeNotices } from './notices.ts';

/**
 * Builds what the package contains beside its sources: `npm run build`. It writes `dist/`, with the construct for
 * `require` (`cjs`) and for `import` (`lib`), the bundles of the handlers, and the bundled command.
 */
const PROJECT = join(import.meta.dirname, '../..');
const DIST = join(PROJECT, 'dist');

await rm(DIST, { recursive: true, force: true });
buildDeclarations(PROJECT, DIST);
const metafiles = [
  ...(await buildHandlers(PROJECT, DIST)),
  await buildConstruct(PROJECT, DIST),
  ...(await buildCli(PROJECT, DIST)),
];
writeNotices(PROJECT, DIST, metafiles);
