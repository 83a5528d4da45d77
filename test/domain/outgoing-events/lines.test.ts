import { expect, test } from '@jest/globals';
import {
  CHANGE_MESSAGE,
  CONFIGURED_MESSAGE,
  LEFT_MESSAGE,
  ORDER_MESSAGE,
} from '../../../lambda/domain/outgoing-events/lines.ts';

test('people find the log lines by these messages', () => {
  expect([CHANGE_MESSAGE, ORDER_MESSAGE, LEFT_MESSAGE, CONFIGURED_MESSAGE]).toEqual([
    'change',
    'order',
    'left',
    'configured',
  ]);
});
