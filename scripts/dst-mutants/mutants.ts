import type { Dimension } from '../../sim/dst/conditions.ts';

/** A deliberate defect, as edits of the source. */
export interface Mutant {
  readonly name: string;
  /** What is wrong with it. */
  readonly defect: string;
  /** Whether it is in the adapters, so that only runs through them can find it. */
  readonly isInAdapters?: true;
  /** Only runs whose world has this can find it; absent: all may. */
  readonly dimension?: Dimension;
  readonly edits: readonly { readonly file: string; readonly find: string; readonly put: string }[];
}

const singleEdit = (name: string, what: string, file: string, find: string, put: string): Mutant => ({
  name,
  defect: what,
  edits: [{ file, find, put }],
});

/** Defects that only runs with a dimension of the world can find. */
const inWorld = (dimension: Dimension, ...mutants: readonly Mutant[]): Mutant[] =>
  mutants.map((mutant) => ({ ...mutant, dimension }));

/** Defects in targets. */
const TARGET_MUTANTS: readonly Mutant[] = inWorld(
  'targets',
  singleEdit(
    'target-forgets-the-chain',
    'a transferred contact loses its place: its target counts from the last queue',
    'lambda/domain/reconcile/target-age.ts',
    'record, clockStart(policy, record));',
    'record, visit.enqueuedAt);',
  ),
  singleEdit(
    'one-horizon-for-all-channels',
    'the horizon of a channel is not used',
    'lambda/domain/reconcile/target-age.ts',
    'horizonSeconds(settings.horizon, facts?.channel)',
    'horizonSeconds(settings.horizon, undefined)',
  ),
  singleEdit(
    'step-replaces-the-target',
    'a step that sets a priority takes away the age of the target',
    'lambda/domain/reconcile/evaluate-policy.ts',
    'desired: { ageSeconds: target.ageSeconds, ...steps.desired },',
    'desired: steps.desired.priority ? steps.desired : { ageSeconds: target.ageSeconds, ...steps.desired },',
  ),
  singleEdit(
    'late-targets-first',
    'targets for which it is too late go before those that are in time',
    'lambda/domain/reconcile/pending-order.ts',
    'if (group === undefined || Number(time) >= now) return sortKey;',
    'if (group === undefined || Number(time) < now) return sortKey;',
  ),
);

/** Defects in calendars. */
const CALENDAR_MUTANTS: readonly Mutant[] = inWorld(
  'calendars',
  singleEdit(
    'clock-runs-while-closed',
    'a clock that counts open hours also counts the others',
    'lambda/domain/reconcile/policy-clock.ts',
    'return whenClockShows(start, shownMs, { facts, before, calendar });',
    'return whenClockShows(start, shownMs, { facts, before });',
  ),
  singleEdit(
    'closing-not-waited-for',
    'that the hours of a policy begin or end is noticed at the next event only',
    'lambda/domain/reconcile/plan.ts',
    'else enforcingAt = earliest([enforcingAt, transitionAt]);',
    'else enforcingAt = earliest([enforcingAt]);',
  ),
  singleEdit(
    'nights-end-at-midnight',
    'hours that end after midnight end at midnight',
    'lambda/domain/calendar/open-hours.ts',
    'coversMinute(calendar, day, minute) || coversMinute(calendar, day - 1, minute + DAY_MINUTES)',
    'coversMinute(calendar, day, minute)',
  ),
  singleEdit(
    'calendar-edit-not-looked-at',
    'who waits is not looked at again when a calendar is edited',
    'lambda/domain/configuration/compiled.ts',
    'calendars: calendars.map(content),',
    'calendars: [],',
  ),
);

/** Defects in conditions on the load of queues. */
const CONDITION_MUTANTS: readonly Mutant[] = inWorld(
  'conditions',
  singleEdit(
    'no-hysteresis',
    'a condition ends as soon as it would not begin any more',
    'lambda/domain/condition/held-conditions.ts',
    'return !matches(until, load) && (before || matches(when, load));',
    'return !matches(until, load) && matches(when, load);',
  ),
  singleEdit(
    'condition-never-ends',
    'a condition that has begun holds for as long as the load is read',
    'lambda/domain/condition/held-conditions.ts',
    'return holds(condition, load, before !== undefined)',
    'return before || holds(condition, load, before !== undefined)',
  ),
  singleEdit(
    'beginning-not-looked-at',
    'who waits is not looked at when a condition begins or ends',
    'lambda/flow/poll-queues.ts',
    'arn === undefined || holdOn(before, after) ? [] : [arn]',
    '[]',
  ),
  singleEdit(
    'newest-for-oldest',
    'the load says how long the contact waits that came last',
    'lambda/flow/count-waiting.ts',
    'oldestSeconds: Math.max(oldestSeconds, Math',
    'oldestSeconds: Math.min(waiting > 0 ? oldestSeconds : Number.POSITIVE_INFINITY, Math',
  ),
);

/** Defects in what policies know of customers, queues and agents. */
const PEOPLE_MUTANTS: readonly Mutant[] = [
  ...inWorld(
    'customers',
    singleEdit(
      'own-chain-counts',
      'a transferred contact counts as an earlier one of its own customer',
      'lambda/domain/contact/customer-contacts.ts',
      '([id, { first, last }]) => id !== chainId && first < at',
      '([, { first, last }]) => first < at',
    ),
    singleEdit(
      'customers-forgotten',
      'how often a customer was queued is not kept',
      'lambda/flow/recent-contacts.ts',
      '(await customers.save(key, after, revision))',
      'revision >= 0',
    ),
  ),
  ...inWorld(
    'routes',
    singleEdit(
      'tag-not-put-in',
      'a route names a tag, and no string of the contact is put in',
      'lambda/domain/reconcile/evaluate-policy.ts',
      'facts.attributes ? filledStep(step, view, known.putIn) : {};',
      '{};',
    ),
    singleEdit(
      'unfit-tag-put-in',
      'a string that Connect does not take is put into a route',
      'lambda/domain/policy/route/put-in.ts',
      'if (!unfit) return [filled];',
      'if (!unfit || unfit.text !== "") return [filled];',
    ),
    singleEdit(
      'unstaffed-step-sent',
      'a step of a route stays for which no agent is staffed',
      'lambda/domain/reconcile/unstaffed-steps.ts',
      'figures[index] === 0);',
      'figures[index] === -1);',
    ),
    singleEdit(
      'figures-not-looked-at',
      'who waits is not looked at when it becomes known that no agent is staffed',
      'lambda/flow/staffing.ts',
      'hasNews(before.staffing, after.staffing) ? [queueArn] : []',
      '[]',
    ),
  ),
  ...inWorld(
    'queue-names',
    singleEdit(
      'name-not-looked-up',
      'the name of a queue that policies name is not asked for',
      'lambda/flow/reconcile.ts',
      'const requests = [name, figures].filter',
      'const requests = [name && undefined, figures].filter',
    ),
  ),
  ...inWorld(
    'conditions',
    singleEdit(
      'agents-not-asked-for',
      'a condition on agents is decided without Connect, which alone knows them',
      'lambda/domain/condition/condition.ts',
      "return names.some((name) => name.startsWith('agents'));",
      "return names.some((name) => name.startsWith('agents~'));",
    ),
    singleEdit(
      'channel-not-asked-for',
      'a condition on one channel counts the contacts of all',
      'lambda/domain/condition/condition.ts',
      'return condition.channel !== undefined || asksForAgents(condition);',
      'return asksForAgents(condition);',
    ),
  ),
];

/** Defects in what goes on after a fault. */
const RECOVERY_MUTANTS: readonly Mutant[] = [
  singleEdit(
    'rate-does-not-recover',
    'a rate that throttles lowered climbs back a hundred times too slowly',
    'lambda/domain/routing/token-bucket.ts',
    'const slope = limit / RECOVERY_SECONDS;',
    'const slope = limit / (100 * RECOVERY_SECONDS);',
  ),
  singleEdit(
    'failed-contact-comes-late',
    'a contact for which something failed is reconciled an hour later',
    'lambda/flow/dispatch/dispatch.ts',
    'const FAILED_RETRY_SECONDS = 10;',
    'const FAILED_RETRY_SECONDS = 3_600;',
  ),
  singleEdit(
    'overdue-for-an-hour',
    'the sweep takes a wake-up for lost an hour after its time',
    'lambda/flow/sweep.ts',
    'const OVERDUE_AFTER_MS = 30_000;',
    'const OVERDUE_AFTER_MS = 3_600_000;',
  ),
  singleEdit(
    'token-conflict-ignored',
    'tokens that another dispatch took meanwhile are taken once more',
    'lambda/flow/dispatch/rate-limiter.ts',
    'if (revision === undefined) continue;',
    'if (revision === undefined) return result;',
  ),
  singleEdit(
    'answer-takes-the-token',
    'an update that had to be asked about is sent before a more urgent one that waits for the quota',
    'lambda/flow/dispatch/round.ts',
    'return next === undefined || orderKeyOf(contact, now) <= orderKeyOf(next, now);',
    'return next === undefined || orderKeyOf(contact, now) !== undefined;',
  ),
  singleEdit(
    'no-time-reserved',
    'dispatch begins rounds until its time is over',
    'lambda/flow/dispatch/dispatch.ts',
    'remainingMs - DISPATCH_RESERVED_MS',
    'remainingMs',
  ),
  singleEdit(
    'question-asked-once',
    'a question without an answer is not repeated',
    'lambda/flow/dispatch/describe.ts',
    'await scheduleNextAttempt(stored.record, nextRetryAt(retried(stored.record)), ports);',
    '',
  ),
  singleEdit(
    'earlier-connection-wins',
    'a contact that an agent has looks as if it waits',
    'lambda/domain/contact/merge-facts.ts',
    'connectedAt: later(a.connectedAt, b.connectedAt),',
    'connectedAt: (b.connectedAt ?? Number.MAX_VALUE) < (a.connectedAt ?? Number.MAX_VALUE) ? b.connectedAt : a.connectedAt ?? b.connectedAt,',
  ),
];

/** Defects that people make in such systems, each of which DST must find. */
export const MUTANTS: readonly Mutant[] = [
  ...TARGET_MUTANTS,
  ...CALENDAR_MUTANTS,
  ...CONDITION_MUTANTS,
  ...PEOPLE_MUTANTS,
  ...RECOVERY_MUTANTS,
  singleEdit(
    'rollout-forgets-the-chain',
    'a transferred contact may change its arm of a rollout',
    'lambda/domain/reconcile/plan.ts',
    'view.initialContactId ?? view.contactId, policy.rollout',
    'view.contactId, policy.rollout',
  ),
  singleEdit(
    'pauses-count',
    'the time for which a task is paused counts',
    'lambda/domain/reconcile/policy-clock.ts',
    'if (pausedCounts) return',
    'if (shownMs >= 0) return',
  ),
  singleEdit(
    'by-without-lag',
    'a step with by is reached a routing lag too late',
    'lambda/domain/reconcile/evaluate-policy.ts',
    'Math.max(start, shownAt - settings.routingLagSeconds * 1_000)',
    'shownAt',
  ),
  singleEdit(
    'when-inverted',
    'a step is skipped when its condition holds',
    'lambda/domain/reconcile/evaluate-policy.ts',
    'const isMatch = !condition || matches(condition, view);',
    'const isMatch = !condition || !matches(condition, view);',
  ),
  singleEdit(
    'no-transfers',
    'the view does not count transfers',
    'lambda/domain/contact/build-contact-view.ts',
    'transfers: chain?.transfers ?? 0',
    'transfers: 0',
  ),
  singleEdit(
    'signals-never-end',
    'a signal counts after it has expired',
    'lambda/domain/contact/signals.ts',
    '...ofQueue].filter(([, signal]) => isActive(signal, now));',
    '...ofQueue];',
  ),
  singleEdit(
    'no-idempotency',
    'an update that another dispatch is sending is sent, too',
    'sim/dst/ports.ts',
    "if (!known) return { kind: 'unknown', message: 'another process is sending it', isUncalled: true };",
    '',
  ),
  singleEdit(
    'no-ratchet',
    'a policy lowers urgency without allowLower',
    'lambda/domain/routing/routing.ts',
    'allowLower ? desired : onlyRaising(start, desired)',
    'desired',
  ),
  singleEdit(
    'shadow-governs',
    'an observing policy governs the contacts that it lets in',
    'lambda/domain/reconcile/plan.ts',
    "const isObserving = policy.mode === 'observe';",
    'const isObserving = false;',
  ),
  singleEdit(
    'no-check-before-call',
    'an update is sent as it was decided, although newer facts are known',
    'lambda/flow/dispatch/apply-change.ts',
    'const { record, work } = rebase(contact, current.record);',
    'const { record } = rebase(contact, current.record);\nconst { work } = contact;',
  ),
  {
    name: 'bucket-full-on-cold-start',
    defect: 'a new process starts with a full bucket',
    edits: [
      {
        file: 'lambda/flow/dispatch/rate-limiter.ts',
        find: 'isUsable(state) ? state : this.#empty(settings)',
        put: 'this.#empty(settings)',
      },
      {
        file: 'lambda/domain/routing/token-bucket.ts',
        find: 'return { tokens: 0, at: now, ratePerSecond, limitPerSecond: ratePerSecond };',
        put: 'return { tokens: limits.burst, at: now, ratePerSecond, limitPerSecond: ratePerSecond };',
      },
    ],
  },
  singleEdit(
    'tokens-not-paid',
    'tokens are granted and remain in the bucket',
    'lambda/flow/dispatch/rate-limiter.ts',
    'take(bucket, granted)',
    'bucket',
  ),
  singleEdit(
    'notify-only-on-change',
    'a crash between the record and the notification leaves work that dispatch does not know of',
    'lambda/flow/reconcile.ts',
    'if (entries.pending) {',
    'if (isChanged && entries.pending) {',
  ),
  singleEdit(
    'merge-depends-on-order',
    'the event that arrives last wins, not the one that happened last',
    'lambda/domain/contact/merge-facts.ts',
    'if (timeOf(a) !== timeOf(b)) return timeOf(a) > timeOf(b) ? a : b;',
    'if (timeOf(a) !== timeOf(b)) return b;',
  ),
  {
    name: 'timer-after-record',
    defect: 'a crash between the record and the timer leaves a contact without a scheduled reconcile',
    edits: [
      {
        file: 'lambda/flow/reconcile.ts',
        find: 'const after = await withTimer(planned, now, outbox);',
        put: `const later: Parameters<Outbox['sendWakeUps']>[0][] = [];
    const after = await withTimer(planned, now, {
      ...outbox,
      sendWakeUps: async (messages) => void later.push(messages),
    });`,
      },
      {
        file: 'lambda/flow/reconcile.ts',
        find: 'if (saved === undefined) continue;',
        put: `if (saved === undefined) continue;
    for (const messages of later) await outbox.sendWakeUps(messages);`,
      },
    ],
  },
  singleEdit(
    'call-not-marked-in-flight',
    'the record does not say that an update may have been sent',
    'lambda/domain/reconcile/update-result.ts',
    'const marked = markUnconfirmed(withApplied(status, attempt), attempt);',
    'const marked = withApplied(status, attempt);',
  ),
  singleEdit(
    'throttled-taken-as-applied',
    'a throttled update is recorded as applied',
    'lambda/domain/reconcile/update-result.ts',
    'return { ...record, status: revertInFlight(status, attempt) };',
    'return { ...record, status: confirm(status, attempt) };',
  ),
  singleEdit(
    'age-difference-not-taken',
    'with incremental ages the whole age is sent',
    'lambda/domain/reconcile/next-update.ts',
    'sets.ageSeconds - appliedAge',
    'sets.ageSeconds',
  ),
  singleEdit(
    'unconfirmed-age-sent-again',
    'an age that may have been added is added again without asking Connect',
    'lambda/domain/reconcile/sendable-changes.ts',
    " && !unconfirmed?.includes('ageSeconds')",
    '',
  ),
  singleEdit(
    'unknown-taken-as-default',
    'a change is sent on top of a routing that is not known, as if flows set nothing',
    'lambda/domain/reconcile/sendable-changes.ts',
    'applied[field] !== undefined || allowLower',
    'true || allowLower',
  ),
  singleEdit(
    'refused-event-removed',
    'an event that EventBridge did not accept is not kept',
    'lambda/flow/send-events.ts',
    'request.filter((_, index) => errors[index] === undefined)',
    'request',
  ),
  singleEdit(
    'leaving-not-reported',
    'that a contact left is not reported where DescribeContact said so',
    'lambda/domain/reconcile/outcome.ts',
    '...reportLeft(before, after, (record) => withAnsweredStatus(record, after)),',
    '',
  ),
  singleEdit(
    'closed-for-good',
    'a contact that Connect did not find once gets no update any more',
    'lambda/flow/reconcile.ts',
    'const merged = reopen(received, region, now);',
    'const merged = received;',
  ),
  singleEdit(
    'connected-is-still-waiting',
    'a contact that is connected to an agent counts as queued',
    'lambda/domain/contact/facts.ts',
    'if (facts.connectedAt !== undefined && facts.connectedAt >= visit.enqueuedAt) return undefined;',
    '',
  ),
  singleEdit(
    'late-override-wins',
    'an override that arrives after its release holds again',
    'lambda/domain/messages/apply-message.ts',
    'if (message.at < (record.override?.at ?? Number.NEGATIVE_INFINITY)) return received;',
    '',
  ),
  singleEdit(
    'dispatch-trusts-the-index',
    'dispatch reads the lagging index alone',
    'lambda/flow/dispatch/dispatch.ts',
    'startedAt < indexShowsNamedAt ? named : [];',
    '[] as ContactKey[];',
  ),
  singleEdit(
    'failed-contact-forgotten',
    'a contact whose result could not be recorded is not reconciled again',
    'lambda/flow/dispatch/dispatch.ts',
    'for (const key of failed.values()) {',
    'for (const key of [] as ContactKey[]) {',
  ),
  singleEdit(
    'retry-without-a-timer',
    'a failed update is delayed, and no reconcile is scheduled',
    'lambda/flow/dispatch/apply-change.ts',
    'await scheduleNextAttempt(sentOn.record, reopensAt(changed) ?? changed.status?.retryAt, ports);',
    '',
  ),
  singleEdit(
    'conflicting-write-accepted',
    'a write that conflicted counts as written',
    'lambda/flow/reconcile.ts',
    'if (saved === undefined) continue;',
    'if (saved === undefined) return after;',
  ),
  singleEdit(
    'expiry-not-waited-for',
    'an override that expires is noticed at the next event only',
    'lambda/domain/reconcile/plan.ts',
    '...expiries(record).filter((at) => at > now),',
    '',
  ),
  singleEdit(
    'restore-point-forgotten',
    'the routing from before an override is forgotten',
    'lambda/domain/reconcile/update-result.ts',
    'return { ...status, applied, restorePoint };',
    'return { ...status, applied };',
  ),
  singleEdit(
    'hand-over-forgotten',
    'dispatch whose time is up does not continue',
    'lambda/flow/dispatch/dispatch.ts',
    'await outbox.notifyDispatch(next, ',
    'void (',
  ),
  singleEdit(
    'pause-ignored',
    'dispatch goes on while the kill switch is on',
    'lambda/flow/dispatch/dispatch.ts',
    "if (settings.pause) return 'kill-switch';",
    '',
  ),
  singleEdit(
    'least-urgent-first',
    'of the contacts of a round the least urgent go first',
    'lambda/flow/dispatch/select-pending.ts',
    '.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));',
    '.sort((a, b) => (a.order < b.order ? 1 : a.order > b.order ? -1 : 0));',
  ),
  singleEdit(
    'unfair-to-instances',
    'one instance uses up the places of a round',
    'lambda/flow/dispatch/fair-queue.ts',
    '.sort((a, b) => a.turn - b.turn)',
    '',
  ),
  singleEdit(
    'chain-forgets-transfers',
    'a contact hands on no transfers before its own',
    'lambda/domain/contact/transfer-chain.ts',
    '    transfers: chain?.transfers ?? 0,\n    // The queue',
    '    transfers: 0,\n    // The queue',
  ),
  singleEdit(
    'history-without-a-limit',
    'a line of the history is as long as the criteria that it names',
    'lambda/domain/contact/record.ts',
    'line.length > MAX_LINE_LENGTH ?',
    'line.length > Number.MAX_SAFE_INTEGER ?',
  ),
  singleEdit(
    'unsent-events-without-a-limit',
    'a record keeps unsent events of any length',
    'lambda/domain/reports/unsent.ts',
    ' && bytesOf(events) <= MAX_UNSENT_BYTES',
    '',
  ),
  singleEdit(
    'unknown-result-not-counted',
    'an update without a known result is not counted',
    'lambda/flow/dispatch/apply-change.ts',
    'telemetry.outcomeUnknown(record, result.message);',
    '',
  ),
  singleEdit(
    'missed-change-not-reported',
    'a contact leaves before its change was made, and nothing says so',
    'lambda/domain/reconcile/outcome.ts',
    "...(missed ? [reportChange(before, { ...missed, queueVisit, decision }, 'missed', leaving.at)] : []),",
    '',
  ),
  singleEdit(
    'version-2-read-as-3',
    'a record of the version before is taken as it is',
    'lambda/domain/contact/record-versions.ts',
    'if (version === 2) return fromVersion2(record);',
    'if (version === 2) return { ...record, schemaVersion: RECORD_SCHEMA_VERSION } as unknown as ContactRecord;',
  ),
  singleEdit(
    'broken-policy-removed',
    'a policy whose text is broken is not in force any more',
    'lambda/flow/configuration/resolve.ts',
    '?? (before && stripped(before));',
    ';',
  ),
  singleEdit(
    'failover-forgotten',
    'what another Region changed meanwhile is not asked for',
    'lambda/domain/contact/routing-status.ts',
    '    isForgotten: true,\n    ...defined({',
    '    ...arguments[0],\n    ...defined({',
  ),
];

/** A text does not hold what an edit replaces, or holds it more than once. */
export class StaleMutantError extends Error {
  override readonly name = 'StaleMutantError';
}

/**
 * The files that a defect changes, with their new texts.
 *
 * @throws StaleMutantError when the code has moved on from what a defect replaces.
 */
export function applyMutant(mutant: Mutant, read: (file: string) => string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { file, find, put } of mutant.edits) {
    const text = texts.get(file) ?? read(file);
    const places = text.split(find).length - 1;
    if (places !== 1) {
      throw new StaleMutantError(
        `The defect ${mutant.name} replaces ${JSON.stringify(find)}, which stands ${places} times in ${file}; ` +
          'expected once. Bring its edit in scripts/dst-mutants/mutants.ts up to the code.',
      );
    }
    texts.set(
      file,
      text.replace(find, () => put),
    );
  }
  return texts;
}
