import { asArray, asObject } from './chunks.ts';
import type { ModelError } from './errors.ts';
import type { Message, ModelRequest, ReplySchema, Sampler } from './types.ts';

/** How a structured reply is asked for, from the strictest means to none at all (MO-3). */
export const FORMS = ['json_schema', 'json_object', 'tool', 'text'] as const;
export type Form = (typeof FORMS)[number];

export type Body = Record<string, unknown> & { readonly model: string };

/** The body of a chat completion request. `dropped` names parameters that this model is known not to take. */
export function requestBody(request: ModelRequest, form: Form, dropped: ReadonlySet<string>): Body {
  const fields: Record<string, unknown> = {
    stream: true,
    stream_options: { include_usage: true },
    ...samplerFields(request.sampler ?? {}),
    ...(request.schema && formFields(request.schema, form)),
  };
  for (const name of dropped) {
    if (name === 'max_tokens' && fields['max_tokens'] !== undefined) fields['max_completion_tokens'] = fields['max_tokens'];
    delete fields[name];
  }
  return { model: request.model, messages: request.messages.map((message) => wireMessage(message, dropped)), ...fields };
}

/** The parameter that a refused request should leave out from now on, if the refusal names one. */
export function parameterToDrop(error: ModelError, body: Body): string | undefined {
  const said = error.said ?? '';
  if ((error.status !== 400 && error.status !== 422) || !/unsupported|not support|unrecogni[sz]ed|unknown|not permitted|not allowed|extra|unexpected/i.test(said))
    return undefined;
  const named = DROPPABLE.find((name) => body[name] !== undefined && said.includes(name));
  if (named) return named;
  const hasNames = asArray(body['messages']).some((message) => asObject(message)?.['name'] !== undefined);
  return hasNames && /\bname\b/.test(said) ? 'name' : undefined;
}

// `max_tokens` stands before `max_completion_tokens` could: providers that want the latter name both.
const DROPPABLE = ['max_tokens', 'stream_options', 'presence_penalty', 'frequency_penalty', 'temperature', 'top_p', 'seed', 'stop', 'encoding_format'];

function samplerFields(sampler: Sampler): Record<string, unknown> {
  const fields: Record<string, unknown> = {
    temperature: sampler.temperature,
    top_p: sampler.topP,
    max_tokens: sampler.maxTokens,
    presence_penalty: sampler.presencePenalty,
    frequency_penalty: sampler.frequencyPenalty,
    stop: sampler.stop?.length ? sampler.stop : undefined,
    seed: sampler.seed,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function formFields(schema: ReplySchema, form: Form): Record<string, unknown> {
  switch (form) {
    case 'json_schema':
      return { response_format: { type: 'json_schema', json_schema: { name: schema.name, schema: schema.json, strict: takesStrict(schema.json) } } };
    case 'json_object':
      return { response_format: { type: 'json_object' } };
    case 'tool':
      return {
        tools: [{ type: 'function', function: { name: schema.name, description: 'Gives the answer.', parameters: schema.json } }],
        tool_choice: { type: 'function', function: { name: schema.name } },
      };
    case 'text':
      return {};
  }
}

/** OpenAI refuses `strict` unless every object names all of its fields as required and allows no others. */
function takesStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(takesStrict);
  const node = asObject(schema);
  if (!node) return true;
  const fields = asObject(node['properties']);
  if (fields) {
    const required = asArray(node['required']);
    if (node['additionalProperties'] !== false || !Object.keys(fields).every((name) => required.includes(name))) return false;
  }
  return Object.values(node).every(takesStrict);
}

function wireMessage(message: Message, dropped: ReadonlySet<string>): Record<string, unknown> {
  // Providers take names of ASCII letters, digits, - and _ only, and refuse the whole request otherwise.
  const name = dropped.has('name') ? '' : (message.name ?? '').trim().replaceAll(/[^A-Za-z0-9_-]+/g, '_').replaceAll(/^_+|_+$/g, '').slice(0, 64);
  return { role: message.role, content: message.content, ...(name !== '' && { name }) };
}
