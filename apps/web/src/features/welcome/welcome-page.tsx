import { useState } from 'react';
import { CastStep } from './cast-step.tsx';
import { NameStep } from './name-step.tsx';

/** First run: who you are, then whom you play with (UI-9). */
export function WelcomePage({ knownAs }: { readonly knownAs: string | null }) {
  const [name, setName] = useState(knownAs);
  return (
    <div className="mx-auto flex min-h-full w-full max-w-[56rem] flex-col justify-center px-5 py-12 mid:px-8">
      <title>Welcome · Offstage</title>
      {(knownAs ?? name) === null ? <NameStep onDone={setName} /> : <CastStep name={knownAs ?? name ?? ''} />}
    </div>
  );
}
