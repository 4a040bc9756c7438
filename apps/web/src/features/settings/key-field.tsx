import { Button } from '../../components/ui/button.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Input } from '../../components/ui/input.tsx';

interface KeyFieldProps {
  /** Whether a key is set; which one is never told. */
  readonly hasKey: boolean;
  /** Undefined leaves the key as it is, null forgets it. */
  readonly value: string | null | undefined;
  readonly error: string | undefined;
  readonly onChange: (value: string | null | undefined) => void;
}

/** A provider's key: it goes in, and is never shown again (OP-5). */
export function KeyField({ hasKey, value, error, onChange }: KeyFieldProps) {
  const kept = hasKey && value === undefined;
  return (
    <Field
      label="Key"
      optional={!hasKey}
      hint={kept ? 'A key is set. It is not shown; a new one takes its place.' : hasKey && value === null ? 'The key will be forgotten when you save.' : 'Servers on this machine rarely want one.'}
      error={error}
    >
      {(control) => (
        <div className="flex items-start gap-2">
          <Input {...control} type="password" dir="ltr" autoComplete="off" spellCheck={false} value={value ?? ''} onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)} />
          {hasKey && (
            <Button tone="quiet" className="shrink-0" onClick={() => onChange(value === null ? undefined : null)}>
              {value === null ? 'Keep it' : 'Forget it'}
            </Button>
          )}
        </div>
      )}
    </Field>
  );
}
