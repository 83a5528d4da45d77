import type { Node } from 'constructs';
import { closestMatch } from '../lambda/domain/validation/suggestion.ts';
import { parseAlarmTopicArn } from './alarm-topic-arn.ts';
import { ConfigError } from './config-error.ts';
import type { ConnectEscalatorProps } from './connect-escalator.ts';
import { parseInstanceArns } from './instance-arns.ts';
import { parsePrefix } from './prefix.ts';

const CONTEXT_KEYS = ['instanceArn', 'prefix', 'alarmTopicArn'];

/**
 * Reads what `-c key=value` and the context in cdk.json say: `instanceArn` (required), `prefix` and
 * `alarmTopicArn`.
 *
 * @throws ConfigError for a value that cannot be used, and for a key that is nearly one of the known ones.
 * Other keys are let pass, because the CDK and its tools keep theirs beside these.
 */
export function readContext(node: Node): ConnectEscalatorProps {
  for (const key of Object.keys(node.getAllContext())) {
    const meant = CONTEXT_KEYS.includes(key) ? undefined : closestMatch(key, CONTEXT_KEYS);
    if (meant) {
      throw new ConfigError(`The context key ${JSON.stringify(key)} is not known. Did you mean "${meant}"?`);
    }
  }
  const instances = parseInstanceArns(node.tryGetContext('instanceArn'));
  return {
    instanceArns: instances.arns,
    prefix: parsePrefix(node.tryGetContext('prefix')),
    alarmTopicArn: parseAlarmTopicArn(node.tryGetContext('alarmTopicArn'), instances),
  };
}
