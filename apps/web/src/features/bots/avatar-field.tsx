import { useId, useState } from 'react';
import { Avatar } from '../../components/ui/avatar.tsx';
import { Button } from '../../components/ui/button.tsx';
import { UploadError, uploadImage } from '../../lib/files.ts';

interface AvatarFieldProps {
  readonly name: string;
  readonly file: string | null;
  readonly error: string | undefined;
  readonly onChange: (file: string | null) => void;
}

/** A bot's picture: seen, chosen, taken out. A picture dropped here is the avatar, not a card. */
export function AvatarField({ name, file, error, onChange }: AvatarFieldProps) {
  const id = useId();
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const take = async (picked: File | undefined): Promise<void> => {
    if (picked === undefined) return;
    setBusy(true);
    setProblem(undefined);
    try {
      onChange(await uploadImage(picked));
    } catch (failure) {
      setProblem(failure instanceof UploadError ? failure.message : 'The picture could not be taken in. Try another.');
    } finally {
      setBusy(false);
    }
  };
  const said = problem ?? error;
  return (
    <div
      className="flex flex-col items-center gap-2"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take(event.dataTransfer.files[0]);
      }}
    >
      <Avatar name={name} file={file} hue={0} size={88} />
      <div className="flex">
        {/* The hidden input stays inside its label: elsewhere, focusing it would scroll the page to it. */}
        <label className="relative inline-flex min-h-11 cursor-pointer items-center rounded-small px-2.5 text-13 text-dim has-focus-visible:outline-2 has-focus-visible:outline-accent hover:bg-raised hover:text-ink mid:min-h-8">
          <input
            type="file"
            accept="image/png,image/jpeg,image/webp,image/gif"
            className="sr-only"
            aria-describedby={said === undefined ? undefined : `${id}-error`}
            onChange={(event) => {
              void take(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
          {busy ? 'Taking it in' : file === null ? 'Add a picture' : 'Change picture'}
        </label>
        {file !== null && (
          <Button tone="quiet" className="!min-h-8 !px-2 !text-13" onClick={() => onChange(null)}>
            Remove
          </Button>
        )}
      </div>
      {said !== undefined && (
        <p id={`${id}-error`} role="alert" className="max-w-40 text-center text-13 text-danger">
          {said}
        </p>
      )}
    </div>
  );
}
