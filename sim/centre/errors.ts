/** The contact does not exist, or it ended longer than `keepFinishedMs` ago. */
export class UnknownContactError extends Error {
  override readonly name = 'UnknownContactError';
  constructor(contactId: string) {
    super(`There is no contact ${JSON.stringify(contactId)} in this centre.`);
  }
}

/** The queue does not exist. */
export class UnknownQueueError extends Error {
  override readonly name = 'UnknownQueueError';
  constructor(queueId: string, known: Iterable<string>) {
    super(`There is no queue ${JSON.stringify(queueId)}; there are ${[...known].join(', ') || 'none'}.`);
  }
}

/** Contact ids are unique within a centre. */
export class DuplicateContactError extends Error {
  override readonly name = 'DuplicateContactError';
  constructor(contactId: string) {
    super(`There is a contact ${JSON.stringify(contactId)} already; give the new one an id of its own.`);
  }
}

/** The state of the contact does not allow the operation. */
export class ContactStateError extends Error {
  override readonly name = 'ContactStateError';
  constructor(contactId: string, state: string, needed: string) {
    super(`Contact ${JSON.stringify(contactId)} is ${state}; it must be ${needed}.`);
  }
}

/** The agent is not on shift. */
export class AgentAwayError extends Error {
  override readonly name = 'AgentAwayError';
  constructor(agentId: string) {
    super(`Agent ${JSON.stringify(agentId)} is not at work now; name another agent or wait for their shift.`);
  }
}

/** The agent has no free capacity. */
export class AgentBusyError extends Error {
  override readonly name = 'AgentBusyError';
  constructor(agentId: string, concurrency: number) {
    super(
      `Agent ${JSON.stringify(agentId)} handles ${concurrency} of at most ${concurrency} contacts; ` +
        'name another agent or end one of these contacts.',
    );
  }
}
