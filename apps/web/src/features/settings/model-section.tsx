import { ModelOptions } from '../../components/model-options.tsx';
import { Banner } from '../../components/ui/banner.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Select } from '../../components/ui/input.tsx';
import type { Answers } from '../../lib/trpc.ts';
import { queryClient, server, trpc } from '../../lib/trpc.ts';
import { useCommand } from '../../lib/use-command.ts';
import { choiceFrom, choiceKey, offersOf } from '../../lib/model-choice.ts';
import { Section } from './section.tsx';

type Settings = Answers['settings']['get'];
type Role = 'narrative' | 'classifier';

const ROLES: readonly { readonly role: Role; readonly label: string; readonly hint: string; readonly none: string }[] = [
  { role: 'narrative', label: 'Writes the replies', hint: 'One call for every reply.', none: 'The rehearsal model (scripted)' },
  { role: 'classifier', label: 'Keeps the books', hint: 'One call after every reply: what was felt, remembered and done. A small model will do.', none: 'The same model' },
];

/** Which model does what. */
export function ModelSection({ settings }: { readonly settings: Settings }) {
  const choose = useCommand(
    ({ role, key }: { readonly role: Role; readonly key: string }, commandId) => server.settings.choose.mutate({ commandId, [role]: choiceFrom(key) }),
    () => void queryClient.invalidateQueries({ queryKey: trpc.settings.pathKey() }),
  );
  const offers = offersOf(settings);
  return (
    <Section id="models" title="Models" lead={settings.scripted ? undefined : 'Which model does what.'}>
      {settings.scripted && (
        <Banner>
          The built-in <strong>rehearsal model</strong> answers now. It is scripted: good for trying things out, not for a story. Connect a model below.
        </Banner>
      )}
      {offers.length > 0 && (
        <div className="grid gap-5 mid:grid-cols-2">
          {ROLES.map(({ role, label, hint, none }) => (
            <Field key={role} label={label} hint={hint} className="justify-between">
              {(control) => (
                <Select {...control} value={choiceKey(settings[role])} disabled={choose.running} onChange={(event) => choose.run({ role, key: event.target.value })}>
                  <option value="">{none}</option>
                  <ModelOptions offers={offers} />
                </Select>
              )}
            </Field>
          ))}
        </div>
      )}
      {choose.problem !== undefined && <Banner tone="problem">{choose.problem.message}</Banner>}
    </Section>
  );
}
