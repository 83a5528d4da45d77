import { useEffect, useRef } from 'preact/hooks';
import type { ActFailure, ActProblem, ActType } from '../../cli/watch/acts/act.ts';
import { FIELDS, type Field, fieldOf, type Values } from './form.ts';

interface ActFormProps {
  readonly type: ActType;
  readonly who: string;
  readonly values: Values;
  readonly failure: ActFailure | undefined;
  readonly isBusy: boolean;
  readonly onChange: (values: Values) => void;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
}

/** What a person chooses of an act. What is wrong stands below its field. */
export function ActForm({ type, who, values, failure, isBusy, onChange, onSubmit, onCancel }: ActFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const fields = FIELDS[type];
  const problems = failure?.problems ?? [];
  const others = problems.filter(({ path }) => fieldOf(path, fields) === undefined);
  // While the dialog is still closed this does nothing; as it opens, its first field is focused.
  useEffect(() => focusIn(form.current, 'input, textarea'), []);
  useEffect(() => focusIn(form.current, '[aria-invalid="true"]'), [failure]);
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {fields.map((field) => (
        <FieldRow
          key={field.name}
          field={field}
          value={values[field.name] ?? ''}
          problems={problems.filter(({ path }) => fieldOf(path, fields) === field.name)}
          onInput={(value) => onChange({ ...values, [field.name]: value })}
        />
      ))}
      {type === 'pause' && <p class="muted">Paused by {who || 'unknown'}, the user of this machine.</p>}
      <div role="alert">
        {failure && (
          <p class="wrong">
            {[
              failure.message,
              ...others.map(({ path, message }) => (path ? `${path}: ${message}` : message)),
            ].join(' ')}
          </p>
        )}
      </div>
      <div class="buttons">
        <button type="submit" class="main" aria-disabled={isBusy}>
          Show what is sent
        </button>
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function focusIn(form: HTMLFormElement | null, selector: string): void {
  form?.querySelector<HTMLElement>(selector)?.focus();
}

interface FieldRowProps {
  readonly field: Field;
  readonly value: string;
  readonly problems: readonly ActProblem[];
  readonly onInput: (value: string) => void;
}

function FieldRow({ field, value, problems, onInput }: FieldRowProps) {
  const { name, label, hint, lines = 1, isRequired } = field;
  const id = `act-${name}`;
  const props = {
    id,
    name,
    value,
    autocomplete: 'off',
    spellcheck: false,
    'aria-required': isRequired,
    'aria-invalid': problems.length > 0,
    'aria-describedby': `${id}-hint ${id}-problem`,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      onInput(currentTarget.value),
  };
  return (
    <p class="field">
      <label for={id}>
        {label}
        {isRequired && ' (required)'}
      </label>
      {lines === 1 ? <input type="text" {...props} /> : <textarea rows={lines} {...props} />}
      <span class="muted" id={`${id}-hint`}>
        {hint}
      </span>
      <span class="wrong" id={`${id}-problem`}>
        {problems.map(({ message }) => message).join(' ')}
      </span>
    </p>
  );
}
