/**
 * List prices in US dollars, without free tiers and discounts: the one place from which costs are reckoned.
 *
 * Sources: the pricing pages of Amazon DynamoDB (on-demand, standard table class), Amazon SQS, AWS Lambda (Arm), Amazon
 * EventBridge and Amazon CloudWatch, for the Region below, as quoted by several price guides of 2025 and 2026; the
 * pages themselves could not be opened. Look them up before you rely on a sum.
 */
export const PRICES = {
  region: 'us-east-1',
  /** When they were looked up. */
  date: '2026-11-25',
  dynamodb: { millionWriteUnits: 0.625, millionReadUnits: 0.125 },
  sqs: { millionRequests: 0.4, millionFifoRequests: 0.5 },
  lambda: { millionInvocations: 0.2, gbSecond: 0.0000133334 },
  /** Events of AWS services cost nothing on the default bus, nor does handing them to a function or a queue. */
  scheduler: { millionInvocations: 1 },
  cloudWatch: { gbLogs: 0.5, metricMonth: 0.3, alarmMonth: 0.1 },
  /** GetParameter and GetParametersByPath at standard throughput, standard parameters. */
  ssm: 0,
  /** UpdateContactRoutingData and DescribeContact. */
  connect: 0,
} as const;

/** The functions that cost something while nothing is wrong. */
export type BilledFunction = 'contactEvents' | 'ruleMessages' | 'dispatch' | 'sweep';

/** What the local system cannot tell and is assumed. */
export const ASSUMPTIONS = {
  /** Of each function, as the stack says. */
  memoryGb: 0.5,
  /** Billed milliseconds of a warm invocation: the requests to AWS, one after the other, and the calls of Connect. */
  durationMs: { contactEvents: 30, ruleMessages: 30, dispatch: 200, sweep: 100 } satisfies Record<
    BilledFunction,
    number
  >,
  /** What Lambda itself writes to the log about an invocation: START, END and REPORT. */
  platformLogBytes: 350,
  /** Long polls of 20 s that Lambda has under way on each queue while it is idle. */
  pollersPerQueue: 5,
  /** Days of a month. */
  monthDays: 30,
} as const;
