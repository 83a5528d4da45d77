import { Token } from 'aws-cdk-lib/core';
import { VERSION } from '../lambda/domain/version.ts';
import { ConfigError } from './config-error.ts';

/** The runbook of this version, in the repository of package.json. */
const RUNBOOK_URL = `https://github.com/connect-escalator/connect-escalator/blob/v${VERSION}/docs/runbook.md`;

/**
 * Checks the address of a runbook. The anchor of a section is appended to it.
 *
 * @param value - such as `https://wiki.example.com/escalator-runbook`; undefined: the runbook of this version.
 * @throws ConfigError if the value is neither an absolute https or http URL without a fragment nor a token.
 */
export function parseRunbookUrl(value: string | undefined): string {
  if (value === undefined) return RUNBOOK_URL;
  if (Token.isUnresolved(value)) return value;
  if (!/^https?:\/\/[^\s#/]+[^\s#]*$/.test(value)) {
    throw new ConfigError(
      `alarms.runbookUrl ${JSON.stringify(value)} is not an absolute URL without a fragment. Each alarm appends the ` +
        'heading of its section. Pass for example https://wiki.example.com/escalator-runbook',
    );
  }
  return value;
}
