import * as z from 'zod';

/** What is kept: a key, or a name and password. */
export const KeptCredentials = z.union([
  z.strictObject({ apiKey: z.string().min(1) }),
  z.strictObject({
    username: z.string().min(1),
    password: z.string().min(1),
    totpSecret: z.string().min(1).optional(),
  }),
]);
export type KeptCredentials = z.output<typeof KeptCredentials>;

/** Where credentials lie. `keychain` is that of the operating system. */
export type Place = { readonly kind: 'keychain' } | { readonly kind: 'file'; readonly path: string };

/** "the file /home/kari/.local/state/gigahost-mcp/credentials.json": where that is, for an error of a tool. */
export function placeWords(place: Place, platform: NodeJS.Platform = process.platform): string {
  if (place.kind === 'file') return `the file ${place.path}`;
  if (platform === 'darwin') return 'the macOS keychain';
  return platform === 'win32' ? 'the Windows Credential Manager' : 'the keyring of the desktop (Secret Service)';
}

/** What is kept, or should be, cannot be used: one line for whoever runs this. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
}
