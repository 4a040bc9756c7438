import { Plus, X } from 'lucide-react';
import { Button, IconButton } from '../../components/ui/button.tsx';
import { Textarea } from '../../components/ui/input.tsx';

interface GreetingsProps {
  readonly greetings: readonly string[];
  readonly onChange: (greetings: readonly string[]) => void;
}

/** Other first words, to choose from when a story begins. */
export function Greetings({ greetings, onChange }: GreetingsProps) {
  return (
    <div role="group" aria-label="Other first words" className="flex flex-col gap-3">
      {greetings.map((greeting, at) => (
        // They have no identity but their place.
        <div key={at} className="flex items-start gap-1">
          <Textarea
            aria-label={`Other first words, ${at + 1}`}
            rows={3}
            value={greeting}
            onChange={(event) => onChange(greetings.map((each, index) => (index === at ? event.target.value : each)))}
          />
          <IconButton label={`Take out other first words, ${at + 1}`} onClick={() => onChange(greetings.filter((_each, index) => index !== at))}>
            <X aria-hidden="true" className="size-4" />
          </IconButton>
        </div>
      ))}
      <Button tone="quiet" className="self-start" onClick={() => onChange([...greetings, ''])}>
        <Plus aria-hidden="true" className="size-4" />
        Other first words
      </Button>
    </div>
  );
}
