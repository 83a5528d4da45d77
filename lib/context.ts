import type { Node } from 'constructs';
import { closestMatch } from '../lambda/domain/validation/suggestion.ts';
import { parseAlarmTopicArn } from './alarm-topic-arn.ts';
import { ConfigError } from './config-error.ts';
import type { ConnectEscalatorProps } from './connect-escalator.ts';
import { parseInstanceArns } from './instance-arns.ts';
import { parsePrefix } from './prefix.ts';

const CONTEXT_KEYS = ['instanceArn', 'prefix', 'alarmTopicArn'];

/**
 * Reads the context of the app, from `-c key=value` and cdk.json: `instanceArn` (required), `prefix` and
 * `alarmTopicArn`. Other keys are ignored, because the CDK and its tools use the same context.
 *
 * @throws ConfigError for an invalid value, and for a key that is close to one of the known keys.
 */
export function readContext(node: Node): ConnectEscalatorProps {
  for (const key of Object.keys(node.getAllContext())) {
    const suggestion = CONTEXT_KEYS.includes(key) ? undefined : closestMatch(key, CONTEXT_KEYS);
    if (suggestion) {
      throw new ConfigError(
        `The context key ${JSON.stringify(key)} is not known. Did you mean "${suggestion}"?`,
      );
    }
  }
  const instances = parseInstanceArns(node.tryGetContext('instanceArn'));
  return {
    instanceArns: instances.arns,
    prefix: parsePrefix(node.tryGetContext('prefix')),
    alarmTopicArn: parseAlarmTopicArn(node.tryGetContext('alarmTopicArn'), instances),
  };
}
