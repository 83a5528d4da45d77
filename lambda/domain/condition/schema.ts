import { plainName, QUEUE_ARN } from '../arn.ts';
import * as s from '../validation/schema.ts';
import { CONDITION_CHANNELS } from './condition.ts';

const MAX_QUEUES = 100;

const ONE_QUEUE =
  'the name or the ARN of at least one queue; without "queues", the condition is about every queue in which contacts wait';

/** A name, an id, or what is an ARN of a queue if it begins like one: any other names no queue. */
const queueSchema = s.string().check(
  s.minLength(1),
  s.maxLength(512),
  s.refine(
    (text) => !/^\s*arn:/i.test(text) || QUEUE_ARN.test(plainName(text)),
    'the name or the id of a queue, or its ARN: ' +
      'arn:aws:connect:<region>:<account>:instance/<instance id>/queue/<queue id>',
  ),
);

/** The schema of a condition as people write it. The patterns have checks of their own. */
export const conditionSchema = s.strictObject({
  description: s.optional(s.string()),
  queues: s.optional(s.array(queueSchema).check(s.minLength(1, ONE_QUEUE), s.maxLength(MAX_QUEUES))),
  channel: s.optional(s.oneOf(CONDITION_CHANNELS)),
  when: s.unknown(),
  until: s.optional(s.unknown()),
});

export type ConditionSource = s.Infer<typeof conditionSchema>;
