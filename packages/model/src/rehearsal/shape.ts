import { z } from 'zod';

const text = z.string().max(400_000);

const message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z
    .union([text, z.array(z.object({ text: text.optional() })).max(100), z.null()])
    .optional()
    .transform((content) => (typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join(''))),
});

const schemaSource = z.object({ name: z.string().max(100), schema: z.record(z.string(), z.unknown()).optional() });

/** What the rehearsal model takes as a chat completion request; fields that it has no use for are let pass. */
export const completionRequest = z.object({
  model: z.string().min(1).max(200),
  messages: z.array(message).min(1).max(5_000),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  max_tokens: z.number().int().positive().nullish(),
  seed: z.number().int().nullish(),
  response_format: z.object({ type: z.string(), json_schema: schemaSource.optional() }).nullish(),
  tools: z.array(z.object({ function: z.object({ name: z.string().max(100), parameters: z.record(z.string(), z.unknown()).optional() }) })).max(100).nullish(),
});

export type CompletionRequest = z.output<typeof completionRequest>;
