import { Banner } from '../../components/ui/banner.tsx';
import { Button } from '../../components/ui/button.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { Section } from './section.tsx';

/** Where others can reach the server: the way out of this browser (OP-6). */
export function PassphraseSection() {
  const leaving = useCommand<null, void>(signOut, () => location.assign('/login'));
  return (
    <Section
      id="passphrase"
      title="Passphrase"
      lead="Others can reach this Offstage, so it asks for your passphrase. It is changed on the machine that it runs on, with npm run passphrase; every browser is then signed out."
    >
      {leaving.problem !== undefined && <Banner tone="problem">{leaving.problem.message}</Banner>}
      <div>
        <Button disabled={leaving.running} onClick={() => leaving.run(null)}>
          Sign out of this browser
        </Button>
      </div>
    </Section>
  );
}

/** Ends the session, and the connections of every tab that came in with it. */
async function signOut(): Promise<void> {
  await fetch('/logout', { method: 'POST' });
}
