import { useQuery } from '@tanstack/react-query';
import { FileInput } from 'lucide-react';
import { useId, useSyncExternalStore } from 'react';
import { Banner } from '../../components/ui/banner.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Page } from '../../components/ui/page.tsx';
import { Waiting } from '../../components/ui/waiting.tsx';
import { UploadError } from '../../lib/files.ts';
import { laidDown, layDown, onLaidDown, readCard } from '../../lib/imported-card.ts';
import { useAfter } from '../../lib/use-after.ts';
import { CardView } from './card-view.tsx';

/** Looking at a character card before it becomes a bot. */
export function ImportPage() {
  const file = useSyncExternalStore(onLaidDown, laidDown);
  const card = useQuery({
    queryKey: ['card', file?.name, file?.size, file?.lastModified],
    queryFn: ({ signal }) => {
      if (file === null) throw new UploadError('Choose a file first.');
      return readCard(file, signal);
    },
    enabled: file !== null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Page title="Import a card" lead="A character card as PNG or JSON. You see what it holds before anything is kept." narrow>
      <CardPicker again={file !== null} />
      {file !== null && card.isPending && <Reading file={file} />}
      {card.error !== null && (
        <Banner tone="problem">
          <bdi>{file?.name}</bdi>: {card.error instanceof UploadError ? card.error.message : 'This file could not be read.'}
        </Banner>
      )}
      {card.data !== undefined && <CardView key={card.dataUpdatedAt} card={card.data} />}
    </Page>
  );
}

/** A card of twenty megabytes on its way from a phone takes a while: it can be called off (UI-10). */
function Reading({ file }: { readonly file: File }) {
  const isLong = useAfter(true, 600);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <Waiting>{`Reading ${file.name}`}</Waiting>
      {isLong && <Button onClick={() => layDown(null)}>Cancel</Button>}
    </div>
  );
}

function CardPicker({ again }: { readonly again: boolean }) {
  const id = useId();
  return (
    <div className={again ? 'relative flex' : 'relative flex flex-col items-center gap-3 rounded-box border border-dashed border-edge px-6 py-14 text-center'}>
      {!again && <p className="font-prose text-17 text-dim italic">Drop a card here, or anywhere in the window.</p>}
      <input
        id={id}
        type="file"
        accept=".png,.json,image/png,application/json"
        className="sr-only"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const picked = event.target.files?.[0];
          if (picked !== undefined) layDown(picked);
          event.target.value = '';
        }}
      />
      <Button onClick={() => document.getElementById(id)?.click()}>
        <FileInput aria-hidden="true" className="size-4" />
        {again ? 'Choose another file' : 'Choose a file'}
      </Button>
    </div>
  );
}
