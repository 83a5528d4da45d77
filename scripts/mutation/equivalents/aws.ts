import { inFile, type ListedMutant } from '../listed-mutant.ts';

export const AWS: readonly ListedMutant[] = [
  ...inFile('lambda/aws/configuration-table.ts', {
    'ConfigurationTable.publish': {
      'saved !== undefined || (await this.#isInForce(set)) => await this.#isInForce(set)':
        'The version item that was just written names the set; only a request is saved.',
    },
  }),
  ...inFile('lambda/aws/connect.ts', {
    resultOf: {
      'status !== undefined && status >= 400 => status >= 400': 'A comparison with undefined is false.',
    },
    descriptionOf: {
      "initiationMethod ?? '' => initiationMethod": 'The set has neither.',
    },
  }),
  ...inFile('lambda/aws/load-metrics.ts', {
    'ConnectLoadMetrics.loads': {
      'this.#refusedUntil.get(id) ?? Number.NEGATIVE_INFINITY => this.#refusedUntil.get(id)':
        'A comparison with undefined is false.',
      'refusal ??= error => refusal = error': 'Both say that a queue is refused.',
      'Math.ceil(ids.length / 2) => Math.floor(ids.length / 2)':
        'Of an odd number, either half may be the longer one.',
      '1 => 0': 'At first there is one part, which is the last one, too.',
    },
    canonicalText: {
      'expression === undefined => false': 'What is no text is no JSON, either.',
    },
  }),
  ...inFile('lambda/aws/queues.ts', {
    sendMessages: {
      'start < batches.length => start <= batches.length': 'Behind the last batch there is nothing to send.',
    },
  }),
  ...inFile('lambda/aws/reconcile-ports.ts', {
    awsRuleMessagePorts: {
      'without telemetry': 'The ports on top of which these are have the same one.',
    },
  }),
  ...inFile('lambda/aws/record-persistence.ts', {
    'RecordPersistence._getRecord': {
      'underWay && this.#ended.get(underWay) => this.#ended.get(underWay)':
        'It is asked only for an update that is under way.',
    },
    'RecordPersistence._updateRecord': { 'this.#begun => true': 'An update that was made has begun.' },
    'RecordPersistence._deleteRecord': { 'this.#begun => true': 'An update that was not made has begun.' },
  }),
];
