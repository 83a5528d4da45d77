/**
 * List prices in US dollars, without free tiers and discounts. All costs are computed from these prices.
 *
 * Sources: the pricing pages of Amazon DynamoDB (on-demand, standard table class), Amazon SQS, AWS Lambda
 * (Arm), Amazon EventBridge and Amazon CloudWatch, for the Region below, as several price guides of 2025 and
 * 2026 quote them; the pages themselves were not available. Check the prices before you rely on a total.
 */
export const PRICES = {
  region: 'us-east-1',
  /** The date of the prices. */
  date: '2026-11-25',
  dynamodb: { millionWriteUnits: 0.625, millionReadUnits: 0.125 },
  sqs: { millionRequests: 0.4, millionFifoRequests: 0.5 },
  lambda: { millionInvocations: 0.2, gbSecond: 0.0000133334 },
  /**
   * Events of AWS services on the default bus are free, and so is their delivery to a function or a queue. Events of
   * this system cost for each 64 KB that is sent.
   */
  eventBridge: { millionEvents: 1 },
  scheduler: { millionInvocations: 1 },
  /** `thousandMetrics`: of GetMetricData, each statistic counted as one; `thousandRequests`: of other requests. */
  cloudWatch: {
    gbLogs: 0.5,
    metricMonth: 0.3,
    alarmMonth: 0.1,
    thousandMetrics: 0.01,
    thousandRequests: 0.01,
  },
  /** GetParameter and GetParametersByPath at standard throughput, standard parameters. */
  ssm: 0,
  /** UpdateContactRoutingData and DescribeContact. */
  connect: 0,
} as const;

/** The functions that run during normal operation. */
export type BilledFunction = 'contactEvents' | 'ruleMessages' | 'dispatch' | 'sweep';

/** Assumptions about what the local system cannot measure. */
export const ASSUMPTIONS = {
  /** The memory of each function in the stack. */
  memoryGb: 0.5,
  /** Billed milliseconds of a warm invocation, mostly for the requests to AWS. */
  durationMs: { contactEvents: 30, ruleMessages: 30, dispatch: 200, sweep: 100 } satisfies Record<
    BilledFunction,
    number
  >,
  /** Concurrent long polls of 20 s by Lambda on each idle queue. */
  pollersPerQueue: 5,
  monthDays: 30,
} as const;
