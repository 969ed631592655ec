import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A state directory that goes with the test. */
export async function openStateDir() {
  const path = await mkdtemp(join(tmpdir(), 'gigahost-mcp-secrets-'));
  return {
    path,
    folder: join(path, 'secrets'),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  };
}
