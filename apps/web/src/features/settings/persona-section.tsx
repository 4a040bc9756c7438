import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { ProblemBanner } from '../../components/problem-banner.tsx';
import { Button } from '../../components/ui/button.tsx';
import { trpc } from '../../lib/trpc.ts';
import { PersonaForm } from './persona-form.tsx';
import { Section } from './section.tsx';

/** Who you write as. Each chat uses one of them (WD-1). */
export function PersonaSection() {
  const personas = useQuery(trpc.personas.list.queryOptions());
  const [open, setOpen] = useState<string | null>(null);
  const close = (): void => setOpen(null);
  return (
    <Section id="you" title="You" lead="Who you write as. Each chat uses one of them.">
      {personas.error !== null && <ProblemBanner error={personas.error} onRetry={() => void personas.refetch()} />}
      {personas.data !== undefined && personas.data.length > 0 && (
        <ul className="flex flex-col">
          {personas.data.map((persona) => (
            <li key={persona.personaId} className="border-b border-line">
              {open === persona.personaId ? (
                <PersonaForm persona={persona} onClose={close} />
              ) : (
                <div className="flex items-center gap-4 py-3">
                  <div className="min-w-0 flex-1">
                    <h3 className="text-15 font-semibold">
                      <bdi>{persona.name}</bdi>
                      {persona.pronouns !== '' && <span className="ml-2 text-13 font-normal text-dim">{persona.pronouns}</span>}
                    </h3>
                    {persona.persona !== '' && (
                      <p className="line-clamp-1 text-13 text-dim" dir="auto">
                        {persona.persona}
                      </p>
                    )}
                  </div>
                  <Button aria-label={`Change ${persona.name}`} onClick={() => setOpen(persona.personaId)}>
                    Change
                  </Button>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {open === 'new' ? (
        <PersonaForm persona={null} onClose={close} />
      ) : (
        <Button className="self-start" onClick={() => setOpen('new')}>
          <Plus aria-hidden="true" className="size-4" />
          {personas.data?.length === 0 ? 'Say who you are' : 'Another you'}
        </Button>
      )}
    </Section>
  );
}
