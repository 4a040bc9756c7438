import { Slider as Base } from '@base-ui/react/slider';

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** What the value means, in words. */
  readonly words: (value: number) => string;
}

/** A value from 0 to 100, with its number and what it means. */
export function Slider({ label, value, onChange, words }: SliderProps) {
  return (
    <Base.Root value={value} onValueChange={onChange} min={0} max={100} step={1}>
      <div className="flex items-baseline justify-between gap-3 text-13">
        <Base.Label className="font-semibold text-ink">{label}</Base.Label>
        <span className="text-dim tabular-nums">
          {words(value)} · <Base.Value>{(_formatted, [now]) => now}</Base.Value>
        </span>
      </div>
      <Base.Control className="flex min-h-11 w-full touch-none items-center mid:min-h-8">
        <Base.Track className="h-1 w-full rounded-full bg-edge">
          <Base.Indicator className="rounded-full bg-accent" />
          <Base.Thumb
            getAriaValueText={(_formatted, now) => `${now}, ${words(now)}`}
            className="size-5 rounded-full border-2 border-accent bg-ground has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
