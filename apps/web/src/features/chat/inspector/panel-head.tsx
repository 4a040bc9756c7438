import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '#components/ui/button.tsx';

interface PanelHeadProps {
  readonly title: ReactNode;
  readonly onClose: () => void;
  /** Tools before the close button. */
  readonly children?: ReactNode;
}

/** The head of what is looked at beside the story. */
export function PanelHead({ title, onClose, children }: PanelHeadProps) {
  return (
    <div className="chat-drawer-head chat-beside-head">
      <h2>{title}</h2>
      {children}
      <IconButton label="Close" onClick={onClose}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
