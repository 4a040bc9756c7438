import { useQuery } from '@tanstack/react-query';
import { ProblemBanner } from '../../components/problem-banner.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Waiting } from '../../components/ui/waiting.tsx';
import { copyText } from '../../lib/clipboard.ts';
import { toast } from '../../lib/toast.ts';
import { trpc } from '../../lib/trpc.ts';
import { Section } from './section.tsx';

/** How the server does, in words that can be passed on to whoever helps (OP-9). */
export function DiagnosticsSection() {
  const read = useQuery(trpc.diagnostics.read.queryOptions(undefined, { staleTime: 0 }));
  const text = read.data?.text;
  const copy = (): void => {
    if (text === undefined) return;
    copyText(text).then(
      () => toast('Copied.'),
      () => toast('The browser did not let it be copied. Select the text instead.'),
    );
  };
  return (
    <Section id="diagnostics" title="Diagnostics" lead="How Offstage is doing. No key, no name and no word of your stories is in it, so you can pass it on.">
      {read.error !== null && <ProblemBanner error={read.error} onRetry={() => void read.refetch()} />}
      {text === undefined ? read.isPending && <Waiting>Looking around</Waiting> : <pre tabIndex={0} aria-label="Diagnostics" className="overflow-x-auto rounded-box border border-line bg-raised px-4 py-3 font-sans text-13 whitespace-pre-wrap tabular-nums wrap-anywhere">{text}</pre>}
      <div className="flex gap-2">
        <Button onClick={copy} disabled={text === undefined}>Copy</Button>
        <Button onClick={() => void read.refetch()}>Look again</Button>
      </div>
    </Section>
  );
}
