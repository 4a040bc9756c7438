import { useState } from 'react';
import { classes } from '../../lib/classes.ts';
import { fileUrl } from '../../lib/files.ts';

interface AvatarProps {
  readonly name: string;
  /** A file id or an address; null for none. */
  readonly file: string | null;
  readonly hue: number;
  /** px */
  readonly size: number;
  readonly className?: string | undefined;
}

/** A face, or the first letter of a name where there is no picture. The name stands beside it, so it says nothing itself. */
export function Avatar({ name, file, hue, size, className }: AvatarProps) {
  const [missing, setMissing] = useState<string | null>(null);
  const box = { width: size, height: size };
  const shape = classes('shrink-0 rounded-full object-cover select-none', className);
  if (file !== null && file !== missing) {
    return <img src={fileUrl(file)} alt="" width={size} height={size} style={box} className={classes('bg-raised', shape)} onError={() => setMissing(file)} />;
  }
  const [letter = '?'] = name.trim() === '' ? '?' : name.trim();
  return (
    <span
      aria-hidden="true"
      data-hue={hue}
      style={{ ...box, fontSize: size * 0.42 }}
      className={classes('inline-flex items-center justify-center border border-(--hue) font-prose leading-none text-(--hue)', shape)}
    >
      {letter.toUpperCase()}
    </span>
  );
}
