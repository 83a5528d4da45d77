import * as z from 'zod/mini';
import { plainName, QUEUE_ARN } from '../arn.ts';
import { CONDITION_CHANNELS } from './condition.ts';

const MAX_QUEUES = 100;

const ONE_QUEUE =
  'the name or the ARN of at least one queue; without "queues", the condition is about every queue in which contacts wait';

/** A name, an id, or what is an ARN of a queue if it begins like one: any other names no queue. */
const queueSchema = z.string().check(
  z.minLength(1),
  z.maxLength(512),
  z.refine((text) => !/^\s*arn:/i.test(text) || QUEUE_ARN.test(plainName(text)), {
    error:
      'the name or the id of a queue, or its ARN: ' +
      'arn:aws:connect:<region>:<account>:instance/<instance id>/queue/<queue id>',
  }),
);

/** The schema of a condition as people write it. The patterns have checks of their own. */
export const conditionSchema = z.strictObject({
  description: z.optional(z.string()),
  queues: z.optional(z.array(queueSchema).check(z.minLength(1, ONE_QUEUE), z.maxLength(MAX_QUEUES))),
  channel: z.optional(z.enum(CONDITION_CHANNELS)),
  when: z.unknown(),
  until: z.optional(z.unknown()),
});

export type ConditionSource = z.infer<typeof conditionSchema>;
