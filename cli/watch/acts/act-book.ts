import { randomUUID } from 'node:crypto';
import type { Act, ActPreview, SentAct } from './act.ts';
import type { ConsoleOperator } from './operator.ts';

/** A preview says what will happen as of now: an older one is made anew. */
const PREVIEW_MS = 5 * 60_000;

/** Acts that are remembered. */
const MAX_ACTS = 500;

/** An act, from its preview on. */
export interface BookedAct {
  readonly act: Act;
  readonly preview: ActPreview;
  readonly sent?: SentAct;
}

interface Entry extends BookedAct {
  readonly previewedAt: number;
  /** While it is sent, and once it was. */
  sending?: Promise<SentAct>;
  sent?: SentAct;
}

/** An act that cannot be sent any more, or never could. */
export class UnsendableActError extends Error {
  override readonly name = 'UnsendableActError';
}

/** Remembers acts by their ids, so that each one is sent once. */
export class ActBook {
  readonly #operator: ConsoleOperator;
  readonly #now: () => number;
  readonly #entries = new Map<string, Entry>();

  /** @param now - milliseconds since any moment. */
  constructor(operator: ConsoleOperator, now: () => number = () => performance.now()) {
    this.#operator = operator;
    this.#now = now;
  }

  /** Prepares an act under a new id. @throws what {@link ConsoleOperator.preview} throws. */
  async preview(act: Act): Promise<ActPreview> {
    const preview = await this.#operator.preview(act, randomUUID());
    this.#entries.set(preview.id, { act, preview, previewedAt: this.#now() });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MAX_ACTS && oldest !== undefined) this.#entries.delete(oldest);
    return preview;
  }

  /**
   * Sends an act that was previewed. One that was sent, or is being sent, is not sent again: the answer is the first
   * one. One that failed may be tried again, under the same id.
   *
   * @throws UnsendableActError without a preview, or where it is too old. Else what {@link ConsoleOperator.send} throws.
   */
  send(id: string): Promise<SentAct> {
    const entry = this.#entries.get(id);
    if (!entry) return Promise.reject(new UnsendableActError('Nobody has previewed this act here.'));
    entry.sending ??= this.#send(entry).catch((error: unknown) => {
      entry.sending = undefined;
      throw error;
    });
    return entry.sending;
  }

  get(id: string): BookedAct | undefined {
    return this.#entries.get(id);
  }

  async #send(entry: Entry): Promise<SentAct> {
    const { preview, previewedAt } = entry;
    if (this.#now() - previewedAt > PREVIEW_MS) {
      throw new UnsendableActError('This preview is more than five minutes old. Look at a new one.');
    }
    const { at, words } = await this.#operator.send(preview);
    const { id, type } = preview;
    entry.sent = { id, type, at, title: preview.words[0] ?? type, words };
    return entry.sent;
  }
}
