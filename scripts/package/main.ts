import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, synthesizeApp, testApp } from './app.ts';
import { COMBINATIONS, UNSUPPORTED_NODE, USUAL } from './combinations.ts';
import { installCommand, tryCommand, tryUnsupportedNode } from './command.ts';
import { installNode } from './node-versions.ts';
import { pack } from './tarball.ts';

/**
 * Packs this project, installs the package into fresh apps, and uses it: `npm run package`. Needs the npm registry.
 * `npm run package -- --one` tries one combination of module kind, Node.js and aws-cdk-lib instead of all.
 */
const PROJECT = join(import.meta.dirname, '../..');
const combinations = process.argv.includes('--one') ? [USUAL] : COMBINATIONS;
const directory = mkdtempSync(join(tmpdir(), 'connect-escalator-package-'));
const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`;

try {
  const tarball = pack(PROJECT, directory);
  console.log(`packed ${tarball}`);
  const versions = [...new Set([...combinations.map(({ node }) => node), UNSUPPORTED_NODE])];
  const nodes = installNode(versions, join(directory, 'node'));
  const command = installCommand(join(directory, 'global'), tarball);
  for (const [version, node] of nodes) {
    if (version === UNSUPPORTED_NODE) tryUnsupportedNode(command, node);
    else {
      const [printed = 0, checked = 0] = tryCommand(command, node, join(directory, `command-${version}`));
      console.log(
        `Node.js ${version}: --version in ${seconds(printed)}, check in ${seconds(checked)}, simulate`,
      );
    }
  }
  for (const [index, combination] of combinations.entries()) {
    const app = join(directory, `app-${index}`);
    const node = nodes.get(combination.node) ?? '';
    createApp(PROJECT, app, tarball, combination);
    const milliseconds = synthesizeApp(PROJECT, app, node);
    if (combination.moduleKind === 'commonjs') testApp(app, node);
    const { moduleKind, node: version, cdk } = combination;
    console.log(`${moduleKind}, Node.js ${version}, aws-cdk-lib ${cdk}: synth in ${seconds(milliseconds)}`);
    rmSync(app, { recursive: true });
  }
} finally {
  rmSync(directory, { recursive: true });
}
