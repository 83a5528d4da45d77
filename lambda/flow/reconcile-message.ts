import type { ContactRecord } from '../domain/contact/record.ts';
import { applyMessage } from '../domain/messages/apply-message.ts';
import type { ContactMessage } from '../domain/messages/rule-message.ts';
import { reportOrder } from '../domain/reports/report.ts';
import type { Configuration } from './ports.ts';
import { type ReconcilePorts, reconcile } from './reconcile.ts';

/** Applies a message about one contact to its record, acts on what that changes, and reports what an operator ordered. */
export function reconcileMessage(
  message: ContactMessage,
  configuration: Configuration,
  ports: ReconcilePorts,
): Promise<ContactRecord> {
  let isNew = false;
  let arrivedAt = 0;
  const merge = (record: ContactRecord, now: number) => {
    const received = applyMessage(record, message, now);
    isNew = received !== record;
    arrivedAt = now;
    return received;
  };
  return reconcile(message, merge, configuration, ports, {
    isWakeUp: message.type === 'wake',
    reportsOf: (record) => (isNew ? reportOrder(message, record, arrivedAt) : []),
  });
}
