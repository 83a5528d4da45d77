import type { LocalRequest, LocalService } from '../../../local/endpoint/http.ts';
import { createSsm } from '../../../local/ssm/service.ts';
import type { ProcessContext } from '../process.ts';
import type { CompilationChecker } from './compilation-checker.ts';
import { ACCOUNT, PARAMETER_PREFIX } from './environment.ts';
import { ssmCall } from './json-services.ts';
import type { Call } from './network.ts';

/** The longest time from one parameter of a push to the next, in milliseconds. */
const MAX_WRITE_MS = 300;

/** The parameters of SSM, which operators write. */
export class ParameterStore {
  readonly #context: Pick<ProcessContext, 'time' | 'random'>;
  readonly #compilations: CompilationChecker;
  readonly #ssm: LocalService;
  #texts: ReadonlyMap<string, string>;

  /** @param texts - of the parameters at the deployment, by name. */
  constructor(
    texts: ReadonlyMap<string, string>,
    region: string,
    context: Pick<ProcessContext, 'time' | 'random'>,
    compilations: CompilationChecker,
  ) {
    this.#context = context;
    this.#compilations = compilations;
    this.#ssm = createSsm({ region, account: ACCOUNT, onChange() {} });
    this.#texts = texts;
    for (const name of texts.keys()) this.#write(name);
  }

  open(request: LocalRequest): Call {
    return ssmCall(request, this.#ssm);
  }

  /** Writes one parameter after the other, as a push does: a function may compile while only some are written. */
  push(texts: ReadonlyMap<string, string>, onChanged: () => void): void {
    const { time, random } = this.#context;
    const known = this.#texts;
    const names = [...new Set([...known.keys(), ...texts.keys()])];
    this.#texts = texts;
    let afterMs = 0;
    for (const name of names.filter((one) => known.get(one) !== texts.get(one))) {
      time.after(afterMs, () => {
        this.#write(name);
        onChanged();
      });
      afterMs += random() * MAX_WRITE_MS;
    }
  }

  #write(name: string): void {
    const Name = `${PARAMETER_PREFIX}/${name}`;
    const Value = this.#texts.get(name);
    if (Value === undefined) {
      this.#call('DeleteParameter', { Name });
      this.#compilations.onDeleted(name);
    } else {
      this.#call('PutParameter', { Name, Value, Type: 'String', Overwrite: true });
      this.#compilations.onWritten(name);
    }
  }

  #call(operation: string, input: object): void {
    void this.#ssm({
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: { 'x-amz-target': `AmazonSSM.${operation}` },
      body: JSON.stringify(input),
    });
  }
}
