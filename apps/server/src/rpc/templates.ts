import { DomainError } from '@offstage/domain';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { TemplateName } from '../prompt/templates.ts';
import { TEMPLATES, TEMPLATE_MOST, ownTemplate, ownTemplatePath, placeholdersOf, shippedTemplate, templateProblem } from '../prompt/templates.ts';
import { command, procedure, router } from './trpc.ts';

const names = Object.keys(TEMPLATES) as [TemplateName, ...TemplateName[]];
const name = z.enum(names, 'There is no prompt text of this name.');
const text = z.string().max(TEMPLATE_MOST, `This may be at most ${TEMPLATE_MOST.toLocaleString('en')} characters long.`);

/** One prompt text as a page shows it. */
interface TemplateView {
  readonly name: TemplateName;
  /** What it is for. */
  readonly what: string;
  readonly shipped: string;
  /** The text that stands in for it; null where there is none. */
  readonly own: string | null;
  /** Why a file that was changed by hand is not used; null where all is well. */
  readonly problem: string | null;
  /** Names in double braces that must stay. */
  readonly placeholders: readonly string[];
}

/** The texts that prompts are made from (PR-5): plain files in `data/prompts`, which may also be changed by hand. */
export const templatesRouter = router({
  list: procedure
    .meta({ description: 'The texts that prompts are made from: as shipped, and as changed.' })
    .query(() => names.map(view)),

  save: procedure
    .meta({ description: 'Puts a text of one\'s own in the place of a shipped one. Refused where a placeholder that must stay is gone.' })
    .input(command.extend({ name, text }))
    .mutation(({ ctx, input }) => ctx.once(input.commandId, () => save(input.name, input.text.trim()))),

  reset: procedure
    .meta({ description: 'Goes back to the text that comes with Offstage.' })
    .input(command.extend({ name }))
    .mutation(({ ctx, input }) => ctx.once(input.commandId, () => reset(input.name))),
});

function view(one: TemplateName): TemplateView {
  const { text: own, problem } = ownTemplate(one);
  return { name: one, what: TEMPLATES[one], shipped: shippedTemplate(one), own, problem, placeholders: placeholdersOf(one) };
}

async function save(one: TemplateName, wanted: string): Promise<TemplateView> {
  const problem = templateProblem(one, wanted);
  if (problem !== null) throw new DomainError('invalid', problem, ['text']);
  if (wanted === shippedTemplate(one)) return reset(one);
  const path = ownTemplatePath(one);
  await mkdir(dirname(path), { recursive: true });
  // Written aside and renamed: no prompt is ever made from half a text.
  await writeFile(`${path}.new`, `${wanted}\n`, 'utf8');
  await rename(`${path}.new`, path);
  return view(one);
}

async function reset(one: TemplateName): Promise<TemplateView> {
  await rm(ownTemplatePath(one), { force: true });
  return view(one);
}
