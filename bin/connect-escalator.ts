import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ConfigError } from '../lib/config-error.ts';
import { readContext } from '../lib/context.ts';
import { ConnectEscalatorStack } from '../lib/stack.ts';

const app = new App({ autoSynth: false });
try {
  new ConnectEscalatorStack(app, 'ConnectEscalator', readContext(app.node));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
