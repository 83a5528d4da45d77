/** The methods of ports that take time. */
const CALLS = new Set<string | symbol>([
  'authors',
  'backOff',
  'describe',
  'history',
  'load',
  'loadMany',
  'notifyDispatch',
  'page',
  'pending',
  'publish',
  'publishState',
  'read',
  'recordResults',
  'save',
  'send',
  'sendSignals',
  'sendWakeUps',
  'settings',
  'sleep',
  'storedNames',
  'take',
  'updateRouting',
]);

type Call = (name: string, run: () => unknown) => unknown;

/** Turns of the event loop after which whatever can go on has gone on. */
const TURNS = 50;

/**
 * The calls that an operation does not wait for: it ends although one of them hangs. What still runs when a function
 * ends is stopped with it.
 *
 * @param start - prepares the same ports and operation each time.
 */
export async function callsNotAwaited<P extends object>(
  start: () => Promise<{ ports: P; run: (ports: P) => Promise<unknown> }>,
): Promise<string[]> {
  const found: string[] = [];
  for (let hanging = 0; ; hanging++) {
    const { ports, run } = await start();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let count = 0;
    let hangs: string | undefined;
    const call: Call = async (name, next) => {
      const isHanging = count === hanging;
      count += 1;
      if (isHanging) {
        hangs = name;
        await released;
      }
      return next();
    };
    let isEnded = false;
    const running = run(intercepted(ports, call, true)).finally(() => {
      isEnded = true;
    });
    for (let turn = 0; turn < TURNS && !isEnded; turn++) await new Promise((done) => setImmediate(done));
    if (hangs !== undefined && isEnded) found.push(hangs);
    release();
    await running;
    if (hangs === undefined) return found;
  }
}

/** Ports whose calls go through a function. */
function intercepted<T extends object>(ports: T, call: Call, hasParts: boolean): T {
  return new Proxy(ports, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value === 'function') {
        if (!CALLS.has(name)) return value.bind(target);
        return (...given: unknown[]) => call(String(name), () => Reflect.apply(value, target, given));
      }
      const isPart = hasParts && typeof value === 'object' && value !== null && !Array.isArray(value);
      return isPart ? intercepted(value, call, false) : value;
    },
  });
}
