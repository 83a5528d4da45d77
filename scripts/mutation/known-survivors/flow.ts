import { inFile, type ListedMutant } from '../listed-mutant.ts';

const READ_AGAIN = 'It changes only whether a contact is read, or reconciled, once more for nothing.';

const PAGES = 'It changes only how many contacts are read at a time while all of them are idle.';

export const FLOW: readonly ListedMutant[] = [
  ...inFile('lambda/flow/concerned.ts', {
    isConcerned: {
      "unnamed !== undefined && decided.decision?.reason === 'needs-queue-name' => unnamed !== undefined":
        READ_AGAIN,
      "unnamed !== undefined && decided.decision?.reason === 'needs-queue-name' => decided.decision?.reason === 'needs-queue-name'":
        READ_AGAIN,
    },
  }),
  ...inFile('lambda/flow/wake-up.ts', {
    scheduleNextAttempt: { 'at !== undefined && at > ports.clock.now() => at !== undefined': READ_AGAIN },
  }),
  ...inFile('lambda/flow/dispatch/dispatch.ts', {
    dispatchPending: {
      'startedAt < indexShowsNamedAt => true': READ_AGAIN,
      'startedAt < indexShowsNamedAt => startedAt <= indexShowsNamedAt': READ_AGAIN,
      'drop failed.delete(keyString(key));': READ_AGAIN,
      'round.finished => []': READ_AGAIN,
      'hasNewSuspects && clock.now() < deadlineAt => hasNewSuspects': READ_AGAIN,
      'clock.now() < deadlineAt => clock.now() <= deadlineAt': READ_AGAIN,
      '0 => 1 (6)': 'Once the time is up, it waits for a millisecond instead of none.',
      'mostUrgent => true': PAGES,
      'mostUrgent => false': PAGES,
      'drop pageSize = mostUrgent ? ROUND_SIZE : Math.min(2 * pageSize, MAX_PAGE_SIZE);': PAGES,
      'Math.min(2 * pageSize, MAX_PAGE_SIZE) => Math.max(2 * pageSize, MAX_PAGE_SIZE)': PAGES,
    },
  }),
  ...inFile('lambda/flow/dispatch/round.ts', {
    createOrderCheck: {
      'orderKeyOf(contact, now) <= orderKeyOf(next, now) => orderKeyOf(contact, now) < orderKeyOf(next, now)':
        'Of two that are as urgent as each other, either may go first.',
    },
  }),
  ...inFile('lambda/flow/handle-rule-message.ts', {
    handleMessage: {
      "'contactId' in message => true":
        'Messages about no contact run one after the other then: few are in one batch.',
    },
  }),
  ...inFile('lambda/flow/poll-queues.ts', {
    pollQueues: {
      'conditions.length === 0 || settings.pause => settings.pause':
        'The sweep sends no poll without a condition: one that is left over reads the load for nothing.',
    },
    pollInstance: {
      'keys.slice(from, from + PARALLEL) => keys':
        'The states of queues are written more than once then, alike.',
      '!condition.queues && !counted => !counted':
        'A condition that names other queues by now keeps its state in this one for a minute.',
    },
  }),
  ...inFile('lambda/flow/reconcile.ts', {
    reconcile: {
      'isChanged && after.timerAt !== undefined && after.timerAt <= clock.now() => after.timerAt <= clock.now()':
        READ_AGAIN,
      'isChanged && after.timerAt !== undefined => after.timerAt !== undefined': READ_AGAIN,
    },
  }),
  ...inFile('lambda/flow/send-events.ts', {
    sendWhileReachable: {
      'settings ??= await ports.settings() => settings = await ports.settings()':
        'The settings are read again from memory.',
    },
  }),
  ...inFile('lambda/flow/sweep.ts', {
    adoptUnknown: {
      'Math.floor(interval / RESYNC_SWEEPS) => Math.ceil(interval / RESYNC_SWEEPS)':
        'It changes only with which instance the turns begin.',
    },
    wakeOverdue: {
      '0 => 1 (2)': 'It matters where the first page took half a minute and has nobody in it.',
    },
  }),
];
