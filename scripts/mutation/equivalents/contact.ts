import { inFile, type ListedMutant } from '../listed-mutant.ts';

export const CONTACT: readonly ListedMutant[] = [
  ...inFile('lambda/domain/contact/adoption.ts', {
    seemsToWait: {
      '0 => 1': 'No contact is connected or queued in the first second of 1970.',
      'enqueuedAt !== undefined && connectedAt < enqueuedAt => connectedAt < enqueuedAt':
        'A comparison with undefined is false.',
    },
    isKnownToHaveLeft: {
      '0 => 1': 'No contact is connected or queued in the first second of 1970.',
      'facts.connectedAt ?? 0 => facts.connectedAt':
        'A comparison with undefined is false, and so is one of 0 with a later time.',
      '0 => 1 (2)': 'No contact is connected or queued in the first second of 1970.',
    },
  }),
  ...inFile('lambda/domain/contact/build-contact-view.ts', {
    contactView: {
      'attributes?.values => attributes.values': 'Attributes that are known are there.',
    },
  }),
  ...inFile('lambda/domain/contact/confirmations.ts', {
    onlyConfirms: {
      '!before.facts || !after.facts => !before.facts': 'Facts that are known stay known.',
    },
  }),
  ...inFile('lambda/domain/contact/closure.ts', {
    reopen: {
      'reopensAt(record) ?? Number.POSITIVE_INFINITY => reopensAt(record)':
        'A comparison with undefined is false.',
    },
    isContradicted: {
      'facts ?? {} => facts': 'A contact in a queue has facts.',
    },
  }),
  ...inFile('lambda/domain/contact/facts.ts', {
    currentQueue: {
      '!facts || !visit => !visit': 'Without facts there is no visit.',
      'facts.connectedAt !== undefined && facts.connectedAt >= visit.enqueuedAt => facts.connectedAt >= visit.enqueuedAt':
        'A comparison with undefined is false.',
    },
  }),
  ...inFile('lambda/domain/contact/merge-facts.ts', {
    later: {
      'a === undefined || b === undefined => b === undefined':
        'A comparison with undefined is false, so that b is taken.',
      'a >= b => a > b': 'Of two equal texts or numbers, either may be taken.',
    },
    '(module)': {
      'without undefined': 'What is not in the list comes before all of it.',
    },
    strongest: {
      'DIALERS.indexOf(a) >= DIALERS.indexOf(b) => DIALERS.indexOf(a) > DIALERS.indexOf(b)':
        'Where both are at one place, they are equal.',
    },
    latest: {
      'timeOf(a) > timeOf(b) => timeOf(a) >= timeOf(b)': 'The line before tells that the times differ.',
      'textOfA.length > textOfB.length => textOfA.length >= textOfB.length':
        'The line before tells that the lengths differ.',
      'textOfA >= textOfB => textOfA > textOfB': 'Values of equal texts are equal.',
    },
  }),
  ...inFile('lambda/domain/contact/merge.ts', {
    attributesChangedAt: {
      'known === undefined || another === undefined => false':
        'No second is that of a time that is not known.',
      'known === undefined || another === undefined => known === undefined':
        'No second is that of a time that is not known.',
      'known === undefined || another === undefined => another === undefined':
        'No second is that of a time that is not known.',
    },
    mergePredecessor: {
      'without instanceId': 'Of the key, only the id of the contact is handed on.',
    },
  }),
  ...inFile('lambda/domain/contact/parse-event.ts', {
    parseContactEvent: {
      '0 => 1 (2)': 'No time is so early.',
      "initiationMethod ?? '' => initiationMethod": 'The set has neither.',
    },
    momentOf: {
      '[enqueuedAt, ...others] .filter((time) => time !== undefined) => [enqueuedAt, ...others]':
        'A comparison with undefined is false.',
    },
    time: {
      'value === undefined => false': 'What is no text is no time, either.',
    },
    segmentValue: {
      'first !== undefined && others.length === 0 => others.length === 0':
        'Of an object without members nothing is left out either way.',
    },
    wholeNumber: {
      "typeof value === 'string' && /^-?\\d+$/.test(value) => /^-?\\d+$/.test(value)":
        'A whole number is itself as a number.',
    },
    storable: {
      "typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER) => !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)":
        'A text is itself as a text, and true and false are no great numbers.',
    },
  }),
  ...inFile('lambda/domain/contact/personal-data.ts', {
    namedPart: {
      'path !== undefined && paths.includes(path) => paths.includes(path)': 'The list has no such path.',
    },
  }),
  ...inFile('lambda/domain/contact/retention.ts', {
    expiresTooSoon: {
      'facts?.disconnectedAt => facts.disconnectedAt': 'A contact with a visit has facts.',
    },
    longestMs: {
      "facts?.channel ?? '' => facts?.channel": 'The table has neither.',
    },
  }),
  ...inFile('lambda/domain/contact/transfer-chain.ts', {
    inherit: {
      '0 => 1': 'The transfer itself is counted, so that there is at least one.',
    },
  }),
];
