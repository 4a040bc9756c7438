import { Link } from 'wouter';
import { buttonClass } from '#components/ui/button.tsx';
import { Section } from '../section.tsx';
import { momentInWords } from './copy-words.ts';
import { useCopies } from './use-copies.ts';

/** What the settings say of copies, and the way to them. */
export function BackupsSection() {
  const { copies } = useCopies();
  const last = copies.data?.health.last ?? null;
  return (
    <Section id="backups" title="Copies" lead="Your library is copied by itself while you play and every night, so that nothing is lost.">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-52 text-15">
          {copies.data !== undefined && (last === null ? 'There is no copy yet.' : `The last one was made ${momentInWords(last, copies.dataUpdatedAt)}.`)}
          {copies.data !== undefined && copies.data.health.failed !== null && <span className="block text-danger">The last try failed: {copies.data.health.failed}</span>}
        </p>
        <Link href="/settings/backups" className={buttonClass('plain')}>
          See the copies
        </Link>
      </div>
    </Section>
  );
}
