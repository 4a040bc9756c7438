import './slash.css';
import { SLASH_COMMANDS } from '@offstage/domain/slash';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';

/** `/help`: what can be typed in place of a message. */
export function SlashHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="What you can type" actions={<Button onClick={onClose}>Back to the story</Button>}>
      <p>Begin a message with a stroke, and it is a command. A space before the stroke makes it words of the story again.</p>
      <dl className="chat-slash-help">
        {SLASH_COMMANDS.map(({ name, takes, help }) => (
          <div key={name}>
            <dt className="chat-slash-form">
              /{name} {takes !== '' && <i>{takes}</i>}
            </dt>
            <dd>{help}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
