import { Link } from 'wouter';
import { buttonClass } from '../components/ui/button.tsx';
import { Page } from '../components/ui/page.tsx';

export function NotFound() {
  return (
    <Page title="Nothing stands here" lead="The address leads nowhere, or to something that was taken away." narrow>
      <Link href="/" className={buttonClass('primary', 'self-start')}>
        To your chats
      </Link>
    </Page>
  );
}
