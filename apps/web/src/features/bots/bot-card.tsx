import { fillMacros } from '@offstage/domain/macros';
import { Pencil } from 'lucide-react';
import { Link } from 'wouter';
import { Avatar } from '../../components/ui/avatar.tsx';
import { buttonClass } from '../../components/ui/button.tsx';
import type { Answers } from '../../lib/trpc.ts';

/** One bot in the list: who it is, and the two things one does with it. */
export function BotCard({ bot }: { readonly bot: Answers['bots']['list'][number] }) {
  const { botId, name, avatar, hue, persona, tags, greeting } = bot;
  const address = `/bots/${encodeURIComponent(botId)}`;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 border-b border-line px-3 py-5 last:border-0">
      <Avatar name={name} file={avatar} hue={hue} size={64} />
      <div className="min-w-0 flex-1 basis-60">
        <h2 className="font-prose text-17 leading-snug wrap-anywhere">
          <bdi>{name}</bdi>
        </h2>
        <p className="mt-0.5 line-clamp-2 text-13 wrap-anywhere text-dim" dir="auto">
          {persona === '' ? 'Nothing is written about them yet.' : fillMacros(persona, { char: name, user: 'you' })}
        </p>
        {(tags.length > 0 || greeting) && (
          <p className="mt-1.5 truncate text-12 text-dim">{[...(greeting ? ['speaks first'] : []), ...tags.slice(0, 5)].join(' · ')}</p>
        )}
      </div>
      <div className="ml-16 flex gap-2 self-center mid:ml-0">
        <Link href={address} aria-label={`Change ${name}`} className={buttonClass('quiet')}>
          <Pencil aria-hidden="true" className="size-4" />
          Change
        </Link>
        <Link href={`${address}/begin`} aria-label={`Play with ${name}`} className={buttonClass('plain')}>
          Play
        </Link>
      </div>
    </li>
  );
}
