import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { withoutLines } from './own-source-map.ts';

const SCHEMAS = /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/;

/**
 * Lets esbuild omit the operations of the AWS SDK that no handler calls.
 *
 * A client keeps the shapes of all its operations in one module, as arrays of objects with computed keys
 * (`{ [_hH]: … }`). esbuild assumes that a computed key has side effects, so it keeps every shape: 190 KB for
 * Connect, although only two of its 300 operations are called. This plugin replaces the keys by the constants
 * that they refer to, so that esbuild drops unused shapes.
 */
export const leanSchemas: Plugin = {
  name: 'lean-schemas',
  setup(build) {
    build.onLoad({ filter: SCHEMAS }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { contents: withoutLines(inlineComputedKeys(source)), loader: 'js' };
    });
  },
};

/** Replaces each `[_name]: ` in the module by the string of its constant `_name`. */
export function inlineComputedKeys(source: string): string {
  const constants = new Map(
    [...source.matchAll(/^const (_\w+) = ("[^"\\]*");$/gm)].map(([, name, literal]) => [name, literal]),
  );
  return source.replaceAll(/\[(_\w+)\]: /g, (match, name: string) => {
    const literal = constants.get(name);
    return literal === undefined ? match : `${literal}: `;
  });
}

const DEFAULT_PROVIDER = '@aws-sdk/credential-provider-node';

/**
 * Limits the clients to the credentials in the environment, where Lambda provides them. The rest of the
 * default chain (profiles, single sign-on, instance metadata) is 95 KB that no function runs.
 */
export const environmentCredentials: Plugin = {
  name: 'environment-credentials',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${DEFAULT_PROVIDER}$`) }, ({ resolveDir }) => ({
      path: DEFAULT_PROVIDER,
      namespace: 'environment-credentials',
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /.*/, namespace: 'environment-credentials' }, ({ pluginData }) => ({
      contents: [
        "import { fromEnv } from '@aws-sdk/credential-provider-env';",
        'export const defaultProvider = () => fromEnv();',
      ].join('\n'),
      loader: 'js',
      resolveDir: pluginData as string,
    }));
  },
};

/** What the packages import and no function uses, with what stands in its place. */
const UNUSED: ReadonlyMap<string, string> = new Map([
  // Imported when an operation streams events, and none that is called does. esbuild keeps what is imported so whole, and
  // wraps all that it shares with the clients into functions, which are read twice.
  [
    '@smithy/core/event-streams',
    "throw new Error('No operation in this bundle streams events.'); export {};",
  ],
  // The client of DynamoDB makes one, and none of its operations uses it.
  ['@aws-sdk/endpoint-cache', 'export class EndpointCache {}'],
  // Selects the part of an input that makes it idempotent: here, all of it does.
  [
    '@aws-lambda-powertools/jmespath',
    "export function search() { throw new Error('This bundle has no JMESPath.'); }",
  ],
  ['@aws-lambda-powertools/jmespath/functions', 'export class PowertoolsFunctions {}'],
]);

/** Leaves out what the packages import and no function uses. */
export const withoutUnused: Plugin = {
  name: 'without-unused',
  setup(build) {
    const namespace = 'without-unused';
    const filter = new RegExp(`^(?:${[...UNUSED.keys()].join('|')})$`);
    build.onResolve({ filter }, ({ path }) => ({ path, namespace }));
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({ contents: UNUSED.get(path) }));
  },
};

const PACKAGE = /@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/;

/** Of the `package.json` of a client, which it imports for its version, only that is bundled. */
export const versionAlone: Plugin = {
  name: 'version-alone',
  setup(build) {
    build.onLoad({ filter: PACKAGE }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};
