import { Choice } from '../../components/ui/choice.tsx';
import { useLook } from '../../lib/looks.ts';
import { Section } from './section.tsx';

/** How it looks, in this browser. */
export function LookSection() {
  const [theme, chooseTheme] = useLook('theme');
  const [transcript, chooseTranscript] = useLook('transcript');
  return (
    <Section id="look" title="Look" lead="Kept in this browser.">
      <Choice
        legend="Theme"
        value={theme}
        onChange={chooseTheme}
        options={[
          { value: 'system', label: 'As the system' },
          { value: 'light', label: 'Light, on paper' },
          { value: 'dark', label: 'Dark, house lights down' },
        ]}
      />
      <Choice
        legend="A chat reads as"
        value={transcript}
        onChange={chooseTranscript}
        options={[
          { value: 'script', label: 'A script' },
          { value: 'bubbles', label: 'Bubbles' },
        ]}
      />
    </Section>
  );
}
