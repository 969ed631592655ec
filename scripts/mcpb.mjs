import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { npm } from './npm.mjs';

/**
 * Installs the official packer of bundles for as long as `work` takes, which gets the module. It brings some fifty packages
 * that only a release needs, so it is none of this project's own.
 */
export async function withMcpb(work) {
  const folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-packer-'));
  try {
    const install = ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder];
    await npm([...install, '@anthropic-ai/mcpb@2.1.2']);
    const module = join(folder, 'node_modules/@anthropic-ai/mcpb/dist/index.js');
    return await work(await import(pathToFileURL(module).href));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
