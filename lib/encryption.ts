import { type IGrantable, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Annotations, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/**
 * What DynamoDB and SQS ask of who reads and writes with a key of the customer.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
const KEY_ACTIONS = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'];

/** Allows a role to read and write what the key encrypts. */
export function grantKey(key: IKey, role: IGrantable): void {
  key.grant(role, ...KEY_ACTIONS);
}

/**
 * Allows EventBridge to send to the encrypted queues, and CloudWatch Logs to write encrypted log groups, in the policy of
 * the key. The policy of a key that is imported cannot be changed: then a warning says what it must allow.
 */
export function grantKeyToServices(scope: Construct, key: IKey): void {
  const { partition, region, account } = Stack.of(scope);
  const statements = [
    new PolicyStatement({
      // To the queue of rule messages, and to the dead-letter queues of the rules.
      sid: 'ConnectEscalatorEvents',
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
    new PolicyStatement({
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
      sid: 'ConnectEscalatorLogs',
      principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
      actions: ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*`,
        },
      },
    }),
  ];
  const results = statements.map((statement) => key.addToResourcePolicy(statement));
  if (results.some(({ statementAdded }) => !statementAdded)) {
    Annotations.of(scope).addWarningV2(
      'connect-escalator:key-policy',
      'The policy of encryptionKey cannot be changed from here, because the key is imported. It must allow ' +
        'events.amazonaws.com kms:Decrypt and kms:GenerateDataKey, and CloudWatch Logs to encrypt log groups: see ' +
        'docs/construct.md, "Encryption".',
    );
  }
}
