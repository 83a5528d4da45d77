import { inFile, type ListedMutant } from '../listed-mutant.ts';

export const MESSAGES: readonly ListedMutant[] = [
  ...inFile('lambda/domain/messages/apply-message.ts', {
    applyMessage: {
      'record.timerAt ?? Number.POSITIVE_INFINITY => record.timerAt': 'A comparison with undefined is false.',
      '!queue || queueArn === undefined => !queue': 'A queue has an ARN.',
      'record.override?.at ?? Number.NEGATIVE_INFINITY => record.override?.at':
        'A comparison with undefined is false.',
    },
  }),
  ...inFile('lambda/domain/messages/envelope.ts', {
    parsedContactEvent: {
      '!(error instanceof MalformedEventError) => false': 'Nothing else is thrown there.',
    },
    fromRuleEvent: {
      'isObject(envelope.detail) => true': 'Nothing that is no object has such members.',
    },
  }),
  ...inFile('lambda/domain/messages/original-message.ts', {
    originalMessage: {
      "attribute(ORIGINAL_MESSAGE_ATTRIBUTES.sentAt) ?? '' => attribute(ORIGINAL_MESSAGE_ATTRIBUTES.sentAt)":
        'It is no time either way.',
      'Number(sentAt) <= received.sentAt => Number(sentAt) < received.sentAt': 'Equal times are one.',
    },
  }),
  ...inFile('lambda/domain/messages/parse.ts', {
    toRuleMessage: {
      "('contactId' in value ? value.contactId : undefined) ?? '' => 'contactId' in value ? value.contactId : undefined":
        'Only messages about a contact have it read, and these name one.',
      "'contactId' in value => true": 'What is absent is undefined.',
      "value.instanceId ?? instances[0] ?? '' => value.instanceId ?? instances[0]":
        'Without an instance only messages about none are read.',
      "'part' in value => true": 'What is absent is undefined.',
    },
    expiry: {
      'ttl === undefined => false': 'What is no text is no duration, either.',
    },
  }),
];
