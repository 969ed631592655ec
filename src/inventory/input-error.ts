/**
 * Arguments that are well formed and still wrong for this account. The message names what would be right; nothing was
 * changed upstream.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}
