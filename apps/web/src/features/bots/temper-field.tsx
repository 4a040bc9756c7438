import { Button } from '../../components/ui/button.tsx';
import { Slider } from '../../components/ui/slider.tsx';
import type { Temper } from './draft.ts';

const SIDES: readonly { readonly trait: keyof Temper; readonly label: string; readonly low: string; readonly high: string }[] = [
  { trait: 'openness', label: 'Openness', low: 'keeps to what is known', high: 'curious about everything' },
  { trait: 'conscientiousness', label: 'Conscientiousness', low: 'lets things slide', high: 'never leaves a thing half done' },
  { trait: 'extraversion', label: 'Extraversion', low: 'at home alone', high: 'at home in a crowd' },
  { trait: 'agreeableness', label: 'Agreeableness', low: 'gives no ground', high: 'gives way gladly' },
  { trait: 'neuroticism', label: 'Neuroticism', low: 'hard to shake', high: 'easily shaken' },
];

const MIDDLE: Temper = { openness: 0.5, conscientiousness: 0.5, extraversion: 0.5, agreeableness: 0.5, neuroticism: 0.5 };

interface TemperFieldProps {
  readonly temper: Temper | null;
  readonly onChange: (temper: Temper | null) => void;
}

/** The Big Five, if one wants to give them (WD-2). */
export function TemperField({ temper, onChange }: TemperFieldProps) {
  if (temper === null) {
    return (
      <Button tone="quiet" className="self-start" onClick={() => onChange(MIDDLE)}>
        Set their temper by the Big Five
      </Button>
    );
  }
  return (
    <div role="group" aria-label="Temper" className="flex flex-col gap-3">
      {SIDES.map(({ trait, label, low, high }) => (
        <Slider
          key={trait}
          label={label}
          value={Math.round(temper[trait] * 100)}
          onChange={(value) => onChange({ ...temper, [trait]: value / 100 })}
          words={(value) => (value < 40 ? low : value > 60 ? high : 'in between')}
        />
      ))}
      <Button tone="quiet" className="self-start" onClick={() => onChange(null)}>
        Leave it open
      </Button>
    </div>
  );
}
