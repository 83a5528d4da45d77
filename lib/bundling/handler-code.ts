import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AssetHashType, DockerImage } from 'aws-cdk-lib/core';

const PROJECT = join(import.meta.dirname, '../..');

/** esbuild could not bundle a handler. What is wrong has been written to stderr. */
export class BundlingError extends Error {
  override readonly name = 'BundlingError';
}

/**
 * A handler of this project as code for Lambda, bundled at synth with esbuild: no Docker, no network. What it
 * imports is listed in `<handler>.meta.json` of the cloud assembly.
 *
 * @param handlerName - folder under `lambda/`.
 * @throws BundlingError at synth.
 */
export function handlerCode(handlerName: string): Code {
  return Code.fromAsset(join(PROJECT, 'lambda', handlerName), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Asked for by the type; never used, since bundling locally either succeeds or throws.
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle(outputDirectory) {
          const metafile = join(outputDirectory, '..', `${handlerName}.meta.json`);
          // A process of its own, since a synth cannot wait and esbuild's plugins need one that does.
          const { status } = spawnSync(
            process.execPath,
            [join(import.meta.dirname, 'bundle.ts'), handlerName, outputDirectory, metafile],
            { stdio: ['ignore', 'inherit', 'inherit'] },
          );
          if (status !== 0) throw new BundlingError(`The handler ${handlerName} could not be bundled.`);
          return true;
        },
      },
    },
  });
}
