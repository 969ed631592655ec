import type { Gigahost, Row } from './open.js';

/** Names of what is in a folder of web hosting 4101. */
export const namesIn = async (gigahost: Gigahost, folder: string): Promise<unknown[]> =>
  (await gigahost.get<{ files: Row[] }>(`/webhosting/4101/files/list?path=${folder}`)).data.files.map(row => row.name);
