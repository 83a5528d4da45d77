/**
 * Notifications that wait until the end of the moment. A listener may then call the centre, which is in a
 * consistent state.
 */
export class DeferredActions {
  readonly #actions: (() => void)[] = [];
  #isFlushing = false;

  defer(action: () => void): void {
    this.#actions.push(action);
  }

  /** Runs all actions in order, also those that are deferred meanwhile. A nested call does nothing. */
  flush(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    let done = 0;
    try {
      while (done < this.#actions.length) {
        const action = this.#actions[done];
        done += 1;
        action?.();
      }
    } finally {
      this.#actions.splice(0, done);
      this.#isFlushing = false;
    }
  }
}
