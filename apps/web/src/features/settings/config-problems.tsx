import { Banner } from '../../components/ui/banner.tsx';
import type { Answers } from '../../lib/trpc.ts';

/** Slips in the settings file, with where they stand. */
export function ConfigProblems({ settings }: { readonly settings: Answers['settings']['get'] }) {
  const { problems, configPath } = settings;
  if (problems.length === 0) return null;
  return (
    <Banner tone="problem">
      <p className="font-semibold">Part of {configPath} could not be read; the rest is in use.</p>
      <ul className="mt-1 flex flex-col gap-0.5">
        {problems.map(({ line, message }) => (
          <li key={`${line} ${message}`}>
            {line === null ? '' : `Line ${line}: `}
            {message}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
