import type { Endpoint, FileReply } from '../../client/endpoint.js';
import type { Prepared, Resolved } from './prepare.js';
import type { ToolContext } from '../tool.js';

/** Operations whose file comes inside the usual JSON. */
const FILE_IN_JSON: ReadonlySet<string> = new Set(['getDpaPdf']);

/** Whether the operation answers with a file, so that it takes a name to save it under. */
export const asksForFile = ({ id, replies }: Endpoint): boolean => replies === 'file' || FILE_IN_JSON.has(id);

const MB = 1_000_000;
const inMb = (bytes: number): string => (bytes / MB).toFixed(1);
const SAID_EVERY_MS = 500;

/** Fetches the file into the folder for files. It never passes through the conversation. */
export async function saveReply(
  { endpoint, saveAs = '' }: Prepared,
  { args }: Resolved,
  { client, files, signal, progress }: ToolContext,
) {
  let said = 0;
  const saved = await files.save(
    saveAs,
    async (into, stopped) => {
      const options = { signal: AbortSignal.any([signal, stopped]) };
      if (endpoint.replies === 'file') return (await client.call(endpoint, args, { ...options, into })) as FileReply;
      const file = (await client.call(endpoint, args, options)) as FileReply;
      await into.begin(file.size)(file.bytes);
      return file;
    },
    (bytes, total) => {
      if (Date.now() - said < SAID_EVERY_MS) return;
      said = Date.now();
      void progress(`${inMb(bytes)}${total === undefined ? '' : ` of ${inMb(total)}`} MB`, bytes, total);
    },
  );
  return { saved_as: saved.path, bytes: saved.size };
}
