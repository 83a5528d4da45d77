/** A deliberate defect, as edits of the source. */
export interface Mutant {
  readonly name: string;
  /** What is wrong with it. */
  readonly what: string;
  readonly edits: readonly { readonly file: string; readonly find: string; readonly put: string }[];
}

const one = (name: string, what: string, file: string, find: string, put: string): Mutant => ({
  name,
  what,
  edits: [{ file, find, put }],
});

/** Defects that people make in such systems, each of which the simulation must find. */
export const MUTANTS: readonly Mutant[] = [
  one(
    'no-idempotency',
    'a call that completed is made again after a crash',
    'sim/dst/ports.ts',
    "if (begun.kind === 'completed') return begun.result;",
    '',
  ),
  one(
    'no-ratchet',
    'a policy may lower urgency without saying so',
    'lambda/domain/routing.ts',
    'intent.allowLower ? intent.wanted : raised(ground, intent.wanted)',
    'intent.wanted',
  ),
  one(
    'no-check-before-call',
    'a call is made as it was decided, whatever became known since',
    'lambda/flow/call.ts',
    'made =\n        urgeToAsk(',
    'made ??=\n        urgeToAsk(',
  ),
  {
    name: 'bucket-full-on-cold-start',
    what: 'a new process begins with a full bucket',
    edits: [
      {
        file: 'lambda/flow/quota.ts',
        find: '(await this.#store.load()) ?? { state: this.#empty(settings), revision: 0 }',
        put: '{ state: this.#empty(settings), revision: (await this.#store.load())?.revision ?? 0 }',
      },
      {
        file: 'lambda/domain/pacing.ts',
        find: 'return { tokens: 0, at: now, ratePerSecond: limits.ratePerSecond };',
        put: 'return { tokens: limits.burst, at: now, ratePerSecond: limits.ratePerSecond };',
      },
    ],
  },
  one(
    'tokens-not-paid',
    'tokens are granted and stay in the bucket',
    'lambda/flow/quota.ts',
    'taken(bucket, granted)',
    'bucket',
  ),
  one(
    'kick-only-what-changed',
    'a crash between the record and the kick leaves work that nobody is told of',
    'lambda/flow/reconcile.ts',
    'if (hasWork(after, now)) {',
    'if (changed && hasWork(after, now)) {',
  ),
  one(
    'merge-depends-on-order',
    'the event that comes last wins, not the one that happened last',
    'lambda/domain/contact.ts',
    'if (timeOf(a) !== timeOf(b)) return timeOf(a) > timeOf(b) ? a : b;',
    'if (timeOf(a) !== timeOf(b)) return b;',
  ),
  {
    name: 'timer-after-record',
    what: 'a crash between the record and the timer leaves a contact that nobody looks at',
    edits: [
      {
        file: 'lambda/flow/reconcile.ts',
        find: 'const after = await withTimer(looked, now, world.outbox);',
        put: `const later: Parameters<Outbox['sendRuleMessages']>[0][] = [];
    const after = await withTimer(looked, now, {
      ...world.outbox,
      sendRuleMessages: async (messages) => void later.push(messages),
    });`,
      },
      {
        file: 'lambda/flow/reconcile.ts',
        find: 'if (saved === undefined) continue;',
        put: `if (saved === undefined) continue;
    for (const messages of later) await world.outbox.sendRuleMessages(messages);`,
      },
    ],
  },
  one(
    'call-not-announced',
    'the record does not say that a call may have been made',
    'lambda/domain/outcome.ts',
    '? { ...record, dealings: doubting(settled(dealings, call), call) }',
    '? { ...record, dealings: settled(dealings, call) }',
  ),
  one(
    'throttled-taken-as-done',
    'a call that was refused is recorded as if it was made',
    'lambda/domain/outcome.ts',
    'return { ...record, dealings: asBefore(dealings, call) };',
    'return { ...record, dealings: afterSuccess(dealings, call) };',
  ),
  one(
    'age-difference-not-taken',
    'where ages add up the whole age is sent',
    'lambda/domain/routing.ts',
    "ageAdjustment === 'absolute' ? ageSeconds : ageSeconds - (inForce.ageSeconds ?? 0)",
    'ageSeconds',
  ),
  one(
    'doubtful-age-sent-again',
    'an age that may have been added is added again unasked',
    'lambda/flow/ask.ts',
    "doubtful?.includes('ageSeconds') || ",
    '',
  ),
  one(
    'connected-is-still-waiting',
    'a contact that an agent has is taken to wait',
    'lambda/domain/contact.ts',
    'if (facts.connectedAt !== undefined && facts.connectedAt >= facts.queue.enqueuedAt) return undefined;',
    '',
  ),
  one(
    'late-override-wins',
    'an override that comes after its release holds again',
    'lambda/domain/fold.ts',
    'if (message.at < (record.override?.at ?? Number.NEGATIVE_INFINITY)) return known;',
    '',
  ),
  one(
    'dispatch-trusts-the-index',
    'dispatch looks into the lagging index alone',
    'lambda/flow/drain.ts',
    'began < indexShowsNamedAt ? served.filter((key) => !lately.has(key, began)) : [];',
    '[] as ContactKey[];',
  ),
  one(
    'failed-contact-forgotten',
    'a contact whose outcome could not be recorded is not looked at again',
    'lambda/flow/drain.ts',
    'for (const key of failed.values()) await lookAt(',
    'for (const key of [] as ContactKey[]) await lookAt(',
  ),
  one(
    'retry-without-a-timer',
    'a failed call is put off, and nobody looks again',
    'lambda/flow/call.ts',
    'if (retryAt !== undefined && retryAt > now) await lookAt(stored.record, retryAt, world);',
    '',
  ),
  one(
    'overtaken-writing-accepted',
    'a record that somebody else wrote meanwhile is taken for written',
    'lambda/flow/reconcile.ts',
    'if (saved === undefined) continue;',
    'if (saved === undefined) return after;',
  ),
  one(
    'expiry-not-waited-for',
    'an override that runs out is noticed at the next event only',
    'lambda/domain/plan.ts',
    '...expiries(record).filter((at) => at > now),',
    '',
  ),
  one(
    'nothing-to-return-to',
    'what was in force before an override is forgotten',
    'lambda/domain/outcome.ts',
    'return { ...dealings, inForce, beforeOverride };',
    'return { ...dealings, inForce };',
  ),
  one(
    'hand-over-forgotten',
    'dispatch whose time is up leaves the rest to nobody',
    'lambda/flow/drain.ts',
    'await world.outbox.kick(mostUrgent, ',
    'void (',
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
export function mutated(mutant: Mutant, read: (file: string) => string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { file, find, put } of mutant.edits) {
    const text = texts.get(file) ?? read(file);
    const places = text.split(find).length - 1;
    if (places !== 1) {
      throw new StaleMutantError(
        `The defect ${mutant.name} replaces ${JSON.stringify(find)}, which stands ${places} times in ${file}; ` +
          'expected once. Bring its edit in scripts/mutants.ts up to the code.',
      );
    }
    texts.set(
      file,
      text.replace(find, () => put),
    );
  }
  return texts;
}
