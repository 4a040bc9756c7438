import { z } from 'zod';
import { appRouter } from './router.ts';

/** A shape as JSON schema has it: the parts that are told of. */
interface Shape {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
  readonly items?: Shape;
  readonly prefixItems?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Shape | boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Shape>>;
}

/** One procedure as the router has it. */
interface Procedure {
  readonly path: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly description: string | undefined;
  readonly inputs: readonly z.ZodType[];
}

const KINDS = { query: 'reads', mutation: 'acts', subscription: 'goes on telling' } as const;
/** Fields within fields are told of so deep. */
const DEPTH = 4;

/** Every procedure of the router, by path. */
export function procedures(): readonly Procedure[] {
  const all = appRouter._def.procedures as unknown as Record<string, { readonly _def: { readonly type: Procedure['kind']; readonly inputs?: readonly z.ZodType[]; readonly meta?: { readonly description?: string } } }>;
  return Object.entries(all)
    .map(([path, { _def }]) => ({ path, kind: _def.type, description: _def.meta?.description, inputs: _def.inputs ?? [] }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** docs/api.md as the router now says it. */
export function apiPage(): string {
  const groups = Map.groupBy(procedures(), ({ path }) => (path.includes('.') ? (path.split('.')[0] ?? '') : ''));
  const parts = [...groups].map(([name, members]) => `## ${name === '' ? 'On its own' : name}\n\n${members.map(described).join('\n\n')}`);
  return `${HEAD}\n${parts.join('\n\n')}\n`;
}

const HEAD = `# What can be asked of the server

Made from the router by \`npm run api\`; a test keeps it true.

Procedures speak tRPC 11 under \`/trpc\`: what reads and what acts by HTTP, what goes on telling by a WebSocket at the same address. What acts carries a
\`commandId\` of the asker's own: sent twice it acts once, and answers the same. A refusal carries \`data.offstage\`: a \`code\`, a \`message\` for a person and the
\`fields\` at fault. Fields with a question mark may be left out.

Besides there are \`/health\` (what works, as JSON), \`/metrics\` (for Prometheus), \`/files\` (pictures and exports) and the pages themselves.
`;

function described({ path, kind, description, inputs }: Procedure): string {
  const fields = inputs.flatMap((input) => {
    const shape = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Shape;
    return fieldsOf(shape, shape, 0);
  });
  return [`### \`${path}\``, '', `*${KINDS[kind]}* \u2014 ${description ?? ''}`, ...(fields.length > 0 ? ['', ...fields] : [])].join('\n');
}

/** A line for each field of an object, those within it indented below. */
function fieldsOf(shape: Shape, root: Shape, depth: number): string[] {
  const object = resolved(shape, root);
  const members = [object, ...(object.allOf ?? [])].map((one) => resolved(one, root));
  return members.flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).flatMap(([name, field]) => {
      const line = `${'  '.repeat(depth)}- \`${name}${required.includes(name) ? '' : '?'}\`: ${inWords(field, root)}`;
      return [line, ...(depth + 1 < DEPTH ? fieldsOf(inner(field, root), root, depth + 1) : [])];
    }),
  );
}

/** The object within a field that may be null, or a list. */
function inner(field: Shape, root: Shape): Shape {
  const shape = resolved(field, root);
  const one = shape.anyOf?.map((choice) => resolved(choice, root)).find(({ type }) => type === 'object' || type === 'array') ?? shape;
  return one.type === 'array' && one.items !== undefined ? inner(one.items, root) : one;
}

function inWords(field: Shape, root: Shape): string {
  const shape = resolved(field, root);
  if (shape.const !== undefined) return `\`${JSON.stringify(shape.const)}\``;
  if (shape.enum !== undefined) return shape.enum.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  const choices = shape.anyOf ?? shape.oneOf;
  if (choices !== undefined) return [...new Set(choices.map((choice) => inWords(choice, root)))].join(' or ');
  switch (shape.type) {
    case 'string':
      return `text${bounds(shape.minLength, shape.maxLength, 'characters')}`;
    case 'integer':
      return `a whole number${bounds(shape.minimum, shape.maximum)}`;
    case 'number':
      return `a number${bounds(shape.minimum, shape.maximum)}`;
    case 'boolean':
      return 'yes or no';
    case 'null':
      return 'null';
    case 'array':
      if (shape.prefixItems !== undefined) return `a list of ${shape.prefixItems.map((item) => inWords(item, root)).join(', ')}`;
      return `a list of ${inWords(shape.items ?? {}, root)}${bounds(undefined, shape.maxItems, 'of them')}`;
    case 'object':
      if (typeof shape.additionalProperties === 'object' && shape.properties === undefined) return `${inWords(shape.additionalProperties, root)} by name`;
      return 'an object';
    default:
      return 'anything';
  }
}

function bounds(least: number | undefined, most: number | undefined, unit = ''): string {
  const number = (value: number): string => value.toLocaleString('en');
  const from = least !== undefined && least > Number.MIN_SAFE_INTEGER ? least : undefined;
  const to = most !== undefined && most < Number.MAX_SAFE_INTEGER ? most : undefined;
  const of = unit === '' ? '' : ` ${unit}`;
  if (from !== undefined && to !== undefined) return ` (${number(from)} to ${number(to)}${of})`;
  if (to !== undefined) return ` (at most ${number(to)}${of})`;
  return from === undefined || (unit !== '' && from === 0) ? '' : ` (at least ${number(from)}${of})`;
}

function resolved(shape: Shape, root: Shape): Shape {
  const name = shape.$ref?.split('/').at(-1);
  return (name === undefined ? undefined : name === '#' ? root : root.$defs?.[name]) ?? shape;
}
