import { Token } from 'aws-cdk-lib/core';
import { MESSAGE_QUEUES, type MessageQueue } from '../lambda/domain/messages/message-queue.ts';
import { ConfigError } from './config-error.ts';

/** How many invocations the messages of each queue take at the same time, at most: whole numbers from 2 to 1,000. */
export interface MaxConcurrency {
  /** Signals and rule events. Default: 2. */
  readonly ruleMessages?: number;
  /** Overrides, releases and `reevaluate`. Default: 2. */
  readonly operatorMessages?: number;
  /** Wake-ups. Default: 3. */
  readonly wakeUps?: number;
}

/**
 * Seven together, so that an account with the limit of ten, which new accounts have, keeps three for dispatch, the sweep
 * and contact events. docs/limits.md has the arithmetic.
 */
const DEFAULTS: Required<MaxConcurrency> = { ruleMessages: 2, operatorMessages: 2, wakeUps: 3 };

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const RANGE = { from: 2, to: 1_000 };

const PROPS = {
  RuleMessages: 'ruleMessages',
  OperatorMessages: 'operatorMessages',
  WakeUps: 'wakeUps',
} as const satisfies Record<MessageQueue, keyof MaxConcurrency>;

/**
 * The concurrency of each queue.
 *
 * @throws ConfigError if a number is not a whole one from 2 to 1,000, which Lambda asks for.
 */
export function parseMaxConcurrency(given: MaxConcurrency = {}): Readonly<Record<MessageQueue, number>> {
  const entries = MESSAGE_QUEUES.map((queue) => {
    const prop = PROPS[queue];
    const value = given[prop] ?? DEFAULTS[prop];
    const isValid = Number.isInteger(value) && value >= RANGE.from && value <= RANGE.to;
    if (!Token.isUnresolved(value) && !isValid) {
      throw new ConfigError(
        `maxConcurrency.${prop} ${JSON.stringify(value)} is not a whole number from ${RANGE.from} to ${RANGE.to}. ` +
          `Write for example maxConcurrency: { ${prop}: 20 }`,
      );
    }
    return [queue, value] as const;
  });
  return Object.fromEntries(entries) as Record<MessageQueue, number>;
}
