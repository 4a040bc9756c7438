import { fillMacros } from '@offstage/domain/macros';
import type { Block, PromptContext } from '../block.ts';

/** The parts of who a bot is, in words a person knows from the form. A prompt too long names one of them. */
export function identityParts({ speaker, you }: PromptContext): readonly { field: string; label: string; text: string }[] {
  const filled = (text: string): string => fillMacros(text, { char: speaker.name, user: you.name }).trim();
  const section = (heading: string, text: string): string => (text === '' ? '' : `# ${heading}\n${text}`);
  const voice = speaker.voiceSamples.map(filled).filter((sample) => sample !== '').join('\n---\n');
  return [
    { field: 'persona', label: 'persona', text: section('Persona', filled(speaker.persona)) },
    { field: 'voiceSamples', label: 'voice samples', text: section('Voice', voice) },
    { field: 'traits', label: 'list of traits', text: section('Traits', speaker.traits.join(', ')) },
    { field: 'backstory', label: 'backstory', text: section('Backstory', filled(speaker.backstory)) },
  ];
}

/** Who speaks. */
export const identity: Block = {
  name: 'identity',
  tier: 'must',
  position: 'head',
  label: ({ speaker }) => `Who ${speaker.name} is`,
  render: (context) =>
    [`You are ${context.speaker.name}.`, ...identityParts(context).map((part) => part.text)].filter((text) => text !== '').join('\n\n'),
};
