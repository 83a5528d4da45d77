import { expect, test } from '@jest/globals';
import {
  CHANGE_MESSAGE,
  CONFIGURED_MESSAGE,
  LEFT_MESSAGE,
  ORDER_MESSAGE,
} from '../../../lambda/domain/outgoing-events/lines.ts';
import { EVENT_NAMES } from '../../../lambda/domain/outgoing-events/outgoing-event.ts';

test('people find the log lines by these messages', () => {
  expect([CHANGE_MESSAGE, ORDER_MESSAGE, LEFT_MESSAGE, CONFIGURED_MESSAGE]).toEqual([
    'change',
    'order',
    'left',
    'configured',
  ]);
});

test('the setting events chooses among these', () => {
  expect(EVENT_NAMES).toEqual([
    'escalated',
    'rejected',
    'missed',
    'left',
    'overridden',
    'released',
    'configured',
  ]);
});
