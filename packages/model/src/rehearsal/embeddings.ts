import { z } from 'zod';
import { stem } from './keys.ts';
import { hash } from './seed.ts';

/** The model that turns text into vectors; it knows words, not meanings. */
export const REHEARSAL_EMBEDDING = 'rehearsal-embedding';
export const DIMENSIONS = 256;

const text = z.string().min(1).max(400_000);

/** What the rehearsal model takes as a request for embeddings; other fields are let pass. */
export const embeddingRequest = z.object({
  model: z.string().min(1).max(200),
  input: z.union([text, z.array(text).min(1).max(2_048)]),
  encoding_format: z.enum(['float', 'base64']).nullish(),
  dimensions: z.literal(DIMENSIONS).nullish(),
});

export type EmbeddingRequest = z.output<typeof embeddingRequest>;

/** The answer to such a request, as the OpenAI API gives it. */
export function embeddings(request: EmbeddingRequest): unknown {
  const texts = typeof request.input === 'string' ? [request.input] : request.input;
  const tokens = texts.reduce((total, one) => total + Math.ceil(one.length / 4), 0);
  const data = texts.map((one, index) => {
    const vector = embed(one);
    return { object: 'embedding', index, embedding: request.encoding_format === 'base64' ? Buffer.from(vector.buffer).toString('base64') : [...vector] };
  });
  return { object: 'list', data, model: request.model, usage: { prompt_tokens: tokens, total_tokens: tokens } };
}

const STOP = new Set('a an and are as at be been but by did do does for from had has have he her hers him his i if in into is it its me my not of on or our she so that the their them then there they this to up was we were what when where which who why will with you your'.split(' '));

/** A text as a vector of length one: its stemmed words, hashed and counted. The same text gives the same vector; texts that share words lie close. */
export function embed(source: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  const words = source.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => !STOP.has(word));
  for (const word of telling.length > 0 ? telling : words) add(vector, stem(word));
  if (words.length === 0) add(vector, source);
  const length = Math.hypot(...vector);
  // Two words of opposite sign in one place leave nothing behind.
  if (length === 0) vector[hash(source) % DIMENSIONS] = 1;
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** The sign keeps words that share a place from always adding up. */
function add(vector: Float32Array, word: string): void {
  const at = hash(word);
  const index = at % DIMENSIONS;
  vector[index] = (vector[index] ?? 0) + ((at >>> 16) & 1 ? 1 : -1);
}
