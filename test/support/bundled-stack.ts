import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { ConnectEscalatorStack } from '../../lib/stack.ts';
import { findResource, INSTANCE } from '../lib/synthesize.ts';

const POLL_INTERVAL_MS = 100;

/** A stack whose handlers are bundled, as `cdk synth` writes it. */
export interface BundledStack {
  /** The directory of the cloud assembly. */
  readonly directory: string;
  readonly template: Template;
  /** The path of a function's bundle. */
  bundleOf(functionName: string): string;
}

/** Bundles the handlers once per test run: the first test file that calls it builds, others wait. */
export function bundledStack(): BundledStack {
  const runDirectory = process.env.TEST_RUN_DIRECTORY ?? '';
  const directory = join(runDirectory, 'cdk.out');
  const [lock, done] = [join(runDirectory, 'bundling'), join(runDirectory, 'bundled')];
  while (!existsSync(done)) {
    if (!acquire(lock)) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_INTERVAL_MS);
      continue;
    }
    try {
      if (existsSync(done)) break;
      const app = new App({ outdir: directory });
      new ConnectEscalatorStack(app, 'Bundled', { instanceArns: [INSTANCE] });
      app.synth();
      writeFileSync(done, '');
    } finally {
      rmdirSync(lock);
    }
  }
  const template = Template.fromJSON(
    JSON.parse(readFileSync(join(directory, 'Bundled.template.json'), 'utf8')),
  );
  return {
    directory,
    template,
    bundleOf(functionName) {
      const { Code, Handler } = findResource(template, functionName).Properties;
      const [name] = Handler.split('.');
      return join(directory, `asset.${Code.S3Key.replace(/\.zip$/, '')}`, `${name}.mjs`);
    },
  };
}

function acquire(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}
