import { Banner } from '../../components/ui/banner.tsx';
import { Choice } from '../../components/ui/choice.tsx';
import { Disclosure } from '../../components/ui/disclosure.tsx';
import { offersOf } from '../../lib/model-choice.ts';
import { callsInWords } from './calls-in-words.ts';
import { ModelSelect } from './model-select.tsx';
import { Noticed } from './noticed.tsx';
import { Seconds } from './seconds.tsx';
import { Section } from './section.tsx';
import { StandIns } from './stand-ins.tsx';
import type { Settings } from './use-settings-command.ts';
import { useSettingsCommand } from './use-settings-command.ts';

/** What is noted after a reply, by whom, and what that costs (TN-8, MO-3, ED-1). */
export function BookkeepingSection({ settings }: { readonly settings: Settings }) {
  const change = useSettingsCommand();
  const { bookkeeping, classifier, fallbacks } = settings;
  const offers = offersOf(settings);
  const set = (next: Partial<Settings['bookkeeping']>): void => change.run({ bookkeeping: next });
  return (
    <Section
      id="bookkeeping"
      title="Bookkeeping"
      lead="After each reply it is noted what was told, felt and done, so that it counts later. You need not wait for it."
    >
      {offers.length > 0 && (
        <>
          <ModelSelect
            label="Keeps the books"
            hint="A small model will do. The one that writes has the story in mind already, and need not read it twice."
            none="The model that writes"
            offers={offers}
            value={classifier}
            onChange={(choice) => change.run({ choices: { classifier: choice } })}
          />
          <StandIns offers={offers} providers={settings.providers} value={fallbacks} onChange={(list) => change.run({ choices: { fallbacks: list } })} />
        </>
      )}
      <Choice
        legend="How it is asked"
        value={bookkeeping.mode}
        onChange={(mode) => set({ mode })}
        options={[
          { value: 'combined', label: 'All in one call', hint: 'Quick, and best for most models.' },
          { value: 'separate', label: 'One thing at a time', hint: 'For small models that lose the thread.' },
        ]}
      />
      <Noticed off={bookkeeping.off} onChange={(off) => set({ off })} />
      {!bookkeeping.off.includes('edges') && (
        <Choice
          legend="What you feel about the others"
          value={bookkeeping.yourFeelings ? 'noted' : 'yours'}
          onChange={(value) => set({ yourFeelings: value === 'noted' })}
          options={[
            { value: 'noted', label: 'Read from what you write' },
            { value: 'yours', label: 'Left to you' },
          ]}
        />
      )}
      <p role="status" className="text-15">
        {callsInWords(bookkeeping)}
      </p>
      <Disclosure summary="How long it may take">
        <div className="grid gap-5 mid:grid-cols-2">
          <Seconds label="Without a word" hint="Seconds of silence until it has failed. A slow machine needs more." min={1} max={600} value={bookkeeping.idleSeconds} onChange={(idleSeconds) => set({ idleSeconds })} />
          <Seconds label="In all" hint="Seconds for the whole answer of one model." min={5} max={3_600} value={bookkeeping.totalSeconds} onChange={(totalSeconds) => set({ totalSeconds })} />
        </div>
      </Disclosure>
      {change.problem !== undefined && <Banner tone="problem">{change.problem.message}</Banner>}
    </Section>
  );
}
