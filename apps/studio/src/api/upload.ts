import { ApiProblem, answered, problemOf } from './problem.ts';
import { accessToken, client } from './session.ts';

export interface UploadOptions {
  readonly path: string;
  readonly form: FormData;
  /** Of the bytes that are sent, 0 to 1. */
  onProgress(share: number): void;
}

/**
 * Sends a form with a file, and tells how far it is, which `fetch` does not.
 *
 * @throws ApiProblem
 */
export async function upload<Answer>({ path, form, onProgress }: UploadOptions): Promise<Answer> {
  // Renews the token where it has run out: nobody sends a song twice.
  await answered(client.GET('/api/auth/profile/'));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.responseType = 'json';
    request.setRequestHeader('authorization', `Bearer ${accessToken() ?? ''}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onerror = () =>
      reject(new ApiProblem({ status: 0, code: 'OFFLINE', message: 'There was no answer.' }));
    request.onload = () => {
      if (request.status < 400) resolve(request.response as Answer);
      else reject(problemOf(responseOf(request), request.response));
    };
    request.send(form);
  });
}

/** What of an answer a problem is made of. */
function responseOf(request: XMLHttpRequest): Response {
  const headers = new Headers();
  for (const name of ['x-error-code', 'retry-after']) {
    const value = request.getResponseHeader(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(null, { status: request.status, headers });
}
