import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { layDown } from '../lib/imported-card.ts';

/** Takes a character card wherever on the page it is dropped, and leads to where it is looked at (UI-9). */
export function DropTarget() {
  const [, navigate] = useLocation();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const carries = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true && !event.defaultPrevented;
    const onOver = (event: DragEvent): void => {
      if (!carries(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file === undefined || event.defaultPrevented) return;
      event.preventDefault();
      layDown(file);
      navigate('/bots/import');
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [navigate]);
  if (!over) return null;
  return (
    <div aria-hidden="true" className="pointer-events-none fixed inset-3 z-40 flex items-center justify-center rounded-box border-2 border-dashed border-accent bg-ground/90">
      <p className="font-prose text-27">Let go, and see who it is.</p>
    </div>
  );
}
