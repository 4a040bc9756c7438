import type { ErrorInfo, ReactNode } from 'react';
import { Component } from 'react';
import { Button } from '../components/ui/button.tsx';

interface Props {
  readonly children: ReactNode;
}

/** Keeps a page that breaks from taking the rest along: what is written is kept, and the way on stays open. */
export class PageGuard extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error('A page could not be drawn', error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <div role="alert" className="mx-auto flex max-w-md flex-col items-start gap-4 px-6 py-24">
        <h1 className="font-prose text-27">This page could not be shown</h1>
        <p className="text-dim">Your stories are safe, and what you wrote is kept. Reloading mends this most of the time, also after an update.</p>
        <Button tone="primary" onClick={() => location.reload()}>
          Reload the page
        </Button>
      </div>
    );
  }
}
