import { useState } from 'react';
import { Button } from '../components/ui/button.tsx';
import { useNewer } from '../lib/library-standing.ts';

/** Says that the server is of a newer version than this page. It never loads anew by itself: somebody may be writing (LV-5). */
export function UpdateLine() {
  const newer = useNewer();
  const [later, setLater] = useState(false);
  return (
    <div role="status">
      {newer && !later && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-raised px-5 py-1.5 text-13 mid:justify-center">
          <p>Offstage was updated. Reload this page to go on with the new version; what you have written is kept.</p>
          <div className="flex gap-2">
            <Button onClick={() => location.reload()}>Reload</Button>
            <Button tone="quiet" onClick={() => setLater(true)}>
              Later
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
