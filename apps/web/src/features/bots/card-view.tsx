import { fillMacros } from '@offstage/domain/macros';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { Spoken } from '../../components/spoken.tsx';
import { Avatar } from '../../components/ui/avatar.tsx';
import { Banner } from '../../components/ui/banner.tsx';
import { Button } from '../../components/ui/button.tsx';
import type { ImportedCard } from '../../lib/imported-card.ts';
import { lastPersona } from '../../lib/last-persona.ts';
import { toast } from '../../lib/toast.ts';
import { queryClient, server, trpc } from '../../lib/trpc.ts';
import { useCommand } from '../../lib/use-command.ts';
import { contentsOf } from './contents.ts';

/** Asterisks around words, which say only that they lean. */
const EMPHASIS = /(?<!\*)(?<stars>\*{1,3})(?=\S)(?<words>[^*\n]+?)(?<=\S)\k<stars>(?!\*)/g;

type Next = 'play' | 'change';

/** What a card holds, and the step that makes a bot of it. */
export function CardView({ card }: { readonly card: ImportedCard }) {
  const [, navigate] = useLocation();
  const { identity, lore, avatar, notes } = card;
  const personas = useQuery(trpc.personas.list.queryOptions()).data ?? [];
  const user = lastPersona(personas)?.name ?? 'you';
  const filled = (text: string | undefined): string => fillMacros(text ?? '', { char: identity.name, user });
  const add = useCommand(
    (_next: Next, commandId) => server.bots.author.mutate({ commandId, identity: { ...identity, avatar }, lore: [...lore] }),
    ({ botId }, next) => {
      void queryClient.invalidateQueries({ queryKey: trpc.bots.pathKey() });
      toast(`${identity.name} is here.`);
      navigate(next === 'play' ? `/bots/${encodeURIComponent(botId)}/begin` : `/bots/${encodeURIComponent(botId)}`);
    },
  );
  return (
    <section aria-labelledby="card-name" className="flex flex-col gap-6">
      <div className="flex items-start gap-5">
        <Avatar name={identity.name} file={avatar} hue={0} size={96} />
        <div className="min-w-0">
          <h2 id="card-name" className="font-prose text-27 wrap-anywhere">
            <bdi>{identity.name}</bdi>
          </h2>
          <p className="mt-1 text-13 text-dim">{contentsOf(card).join(' · ')}</p>
        </div>
      </div>
      {notes.length > 0 && (
        <Banner>
          <ul className="flex flex-col gap-1">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Banner>
      )}
      <dl className="flex flex-col gap-5">
        <Part name="Persona" text={filled(identity.persona)} />
        <Part name="Kickoff" text={filled(identity.kickoff)} />
        <Part name="First words" text={filled(identity.greeting)} spoken />
        <Part name="Notes by its maker" text={filled(identity.creatorNotes)} />
      </dl>
      {add.problem !== undefined && <Banner tone="problem">{add.problem.message}</Banner>}
      <div className="flex flex-wrap gap-2">
        <Button tone="primary" disabled={add.running} onClick={() => add.run('play')}>
          Keep and play
        </Button>
        <Button disabled={add.running} onClick={() => add.run('change')}>
          Keep and change
        </Button>
      </div>
    </section>
  );
}

interface PartProps {
  readonly name: string;
  readonly text: string;
  /** Whether it is said in the story; else it is text about somebody. */
  readonly spoken?: boolean;
}

function Part({ name, text, spoken = false }: PartProps) {
  if (text.trim() === '') return null;
  return (
    <div>
      <dt className="text-13 font-semibold">{name}</dt>
      <dd tabIndex={0} className="mt-1 max-h-48 overflow-y-auto font-prose text-15 wrap-anywhere whitespace-pre-line text-dim" dir="auto">
        {spoken ? <Spoken text={text} /> : text.replaceAll(EMPHASIS, '$<words>')}
      </dd>
    </div>
  );
}
