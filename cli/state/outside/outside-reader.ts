import type { Deployment } from '../../../lambda/aws/deployment.ts';
import { readDeadLetterDepths } from '../../aws/dead-letter-depths.ts';
import type { AwsOptions } from '../../options/aws.ts';
import { readAlarmFigures } from './alarm-figures.ts';
import { readMetricFigures } from './metric-figures.ts';
import { missingSentence } from './missing-sentence.ts';
import type { OutsideFigures } from './outside-figures.ts';

/** Nothing is read again before so many milliseconds: CloudWatch has a figure a minute, and costs money. */
const MAX_AGE_MS = 60_000;

type Value = NonNullable<OutsideFigures[Exclude<keyof OutsideFigures, 'missing'>]>;

/** A part of the figures, and what reading it needs. */
interface Part {
  readonly name: Exclude<keyof OutsideFigures, 'missing'>;
  /** For a sentence that says that it is missing. */
  readonly words: string;
  /** The IAM action. */
  readonly action: string;
  read(now: number): Promise<Value | undefined>;
}

/** What is kept of a part. */
interface Kept {
  readonly value?: Value;
  readonly missing?: string;
}

/** Reads what the table does not tell, at most once a minute. */
export class OutsideReader {
  readonly #parts: readonly Part[];
  readonly #kept = new Map<string, Kept>();
  #readAt = Number.NEGATIVE_INFINITY;
  #figures: OutsideFigures = { missing: [] };

  constructor(deployment: Pick<Deployment, 'deadLetterQueueUrls' | 'resources'>, options: AwsOptions) {
    const prefix = deployment.resources?.alarmPrefix;
    this.#parts = [
      {
        name: 'metrics',
        words: 'calls a second, lateness, throttles and the last hour',
        action: 'cloudwatch:GetMetricData',
        read: (now) => readMetricFigures(options, now),
      },
      {
        name: 'deadLetters',
        words: 'dead letters',
        action: 'sqs:GetQueueAttributes',
        read: async (now) => ({ readAt: now, queues: await readDeadLetterDepths(deployment, options) }),
      },
      {
        name: 'alarms',
        words: 'alarms',
        action: 'cloudwatch:DescribeAlarms',
        read: async (now) => (prefix === undefined ? undefined : readAlarmFigures(prefix, options, now)),
      },
    ];
  }

  /**
   * The figures, read anew where the last ones are a minute old, otherwise the same object. What cannot be read is said: figures that were read
   * before stay, unless the permission to read them is gone.
   *
   * @param now - milliseconds since the epoch.
   */
  async read(now: number): Promise<OutsideFigures> {
    if (now < this.#readAt + MAX_AGE_MS) return this.#figures;
    this.#readAt = now;
    await Promise.all(this.#parts.map((part) => this.#readPart(part, now)));
    const kept = this.#parts.map(({ name }) => [name, this.#kept.get(name)] as const);
    this.#figures = {
      ...Object.fromEntries(kept.flatMap(([name, one]) => (one?.value ? [[name, one.value]] : []))),
      missing: kept.flatMap(([, one]) => one?.missing ?? []),
    };
    return this.#figures;
  }

  async #readPart({ name, words, action, read }: Part, now: number): Promise<void> {
    try {
      const value = await read(now);
      this.#kept.set(name, value ? { value } : {});
    } catch (error) {
      const { isDenied, sentence } = missingSentence(words, action, error);
      const value = isDenied ? undefined : this.#kept.get(name)?.value;
      this.#kept.set(name, { ...(value && { value }), missing: sentence });
    }
  }
}
