import { useQuery } from '@tanstack/react-query';
import { ProblemBanner } from '#components/problem-banner.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Waiting } from '#components/ui/waiting.tsx';
import { trpc } from '#lib/trpc.ts';
import { Section } from '../section.tsx';
import { PromptText } from './prompt-text.tsx';

/** The texts that prompts are made from: to read, to change, to put back (PR-5). */
export function PromptsSection() {
  const templates = useQuery(trpc.templates.list.queryOptions());
  const own = templates.data?.filter((one) => one.own !== null || one.problem !== null).length ?? 0;
  return (
    <Section
      id="prompts"
      title="Prompt texts"
      lead="What models are told, word for word. They are plain files in the folder prompts beside your library, and may be changed there as well."
    >
      {templates.error !== null && <ProblemBanner error={templates.error} onRetry={() => void templates.refetch()} />}
      {templates.data === undefined ? (
        templates.isPending && <Waiting>Reading the texts</Waiting>
      ) : (
        <Disclosure summary={own === 0 ? `Read or change the ${templates.data.length} texts` : `Read or change the ${templates.data.length} texts; ${own === 1 ? 'one is' : `${own} are`} your own`}>
          <ul className="flex flex-col divide-y divide-line">
            {templates.data.map((template) => (
              <li key={template.name}>
                <PromptText template={template} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </Section>
  );
}
