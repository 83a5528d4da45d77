import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

/** The yaml package is CommonJS and requires modules of Node.js; an ES module needs this line for that. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/** An installed construct takes the code of the handlers from the package instead of bundling it. */
const packagedHandlers: Plugin = {
  name: 'packaged-handlers',
  setup({ onResolve }) {
    onResolve({ filter: /\/handler-code\.ts$/ }, ({ resolveDir }) => ({
      path: join(resolveDir, 'bundling/packaged-handler-code.ts'),
    }));
  },
};

/**
 * Bundles the construct into one file for `import` and one for `require`. Many CDK apps and their Jest tests are
 * CommonJS, and Jest cannot `require` an ES module.
 */
export async function buildConstruct(project: string, dist: string): Promise<Metafile[]> {
  const bundle = async (options: BuildOptions) => {
    const { metafile } = await build({
      ...options,
      absWorkingDir: project,
      entryPoints: ['lib/index.ts'],
      bundle: true,
      // The checks of policies are most of it. Names are kept, so that the stack of an error can be read.
      minifySyntax: true,
      minifyWhitespace: true,
      minifyIdentifiers: true,
      keepNames: true,
      platform: 'node',
      target: 'node22',
      external: ['aws-cdk-lib', 'constructs'],
      plugins: [packagedHandlers],
      metafile: true,
      logLevel: 'warning',
    });
    return metafile as Metafile;
  };
  const metafiles = await Promise.all([
    bundle({ format: 'esm', outfile: join(dist, 'lib/index.js'), banner: { js: REQUIRE } }),
    bundle({
      format: 'cjs',
      outfile: join(dist, 'cjs/index.js'),
      define: { 'import.meta.dirname': '__dirname' },
    }),
  ]);
  await writeFile(join(dist, 'cjs/package.json'), '{ "type": "commonjs" }\n');
  return metafiles;
}
