/** The address of a kept file; a sample's picture comes as an address already. */
export function fileUrl(file: string): string {
  return file.startsWith('/') ? file : `/files/${encodeURIComponent(file)}`;
}

/** Largest picture that is taken, in bytes; the server holds to the same. */
const IMAGE_MAX = 8 * 1024 * 1024;

/** A refusal in words, from an address that is not part of the typed interface. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
}

/** Keeps a picture and answers its file id. Throws UploadError saying what to do. */
export async function uploadImage(file: File, signal?: AbortSignal): Promise<string> {
  if (file.size > IMAGE_MAX) throw new UploadError('This picture is larger than 8 MB. Choose a smaller one.');
  const answer = await post('/api/images', file, signal);
  if (typeof answer !== 'object' || answer === null || !('fileId' in answer)) throw new UploadError('The picture could not be kept. Try again.');
  return String(answer.fileId);
}

/** Sends a file as it is; answers what comes back. Throws UploadError with the server's sentence. */
export async function post(address: string, file: File, signal?: AbortSignal): Promise<unknown> {
  const response = await fetch(address, {
    method: 'POST',
    body: file,
    headers: { 'content-type': file.type === '' ? 'application/octet-stream' : file.type },
    ...(signal !== undefined && { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    throw new UploadError('Offstage does not answer. See that it still runs, then try again.');
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  const message = typeof answer === 'object' && answer !== null && 'message' in answer ? String(answer.message) : '';
  throw new UploadError(message === '' ? 'This file could not be taken in.' : message);
}
