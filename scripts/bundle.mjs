// Packs dist/ as gigahost-mcp-<version>.mcpb, which Claude Desktop and others install with one click.
import { cp, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PACKAGE } from './about.mjs';
import { isMain } from './is-main.mjs';
import { manifest } from './manifest.mjs';
import { withMcpb } from './mcpb.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Packs into a folder and returns the path of the bundle. */
export async function bundle({ packExtension }, folder) {
  const made = await mkdtemp(join(tmpdir(), 'gigahost-mcp-bundle-'));
  try {
    const { name, version, license, type } = PACKAGE;
    await writeFile(join(made, 'manifest.json'), JSON.stringify(await manifest(), null, 2));
    // Tells Node what kind of modules these are.
    await writeFile(join(made, 'package.json'), JSON.stringify({ name, version, license, type }, null, 2));
    await cp(join(root, 'dist'), join(made, 'dist'), { recursive: true });
    await cp(join(root, 'LICENSE'), join(made, 'LICENSE'));
    await cp(join(root, 'assets/icon.png'), join(made, 'icon.png'));
    const packed = join(folder, `${name}-${version}.mcpb`);
    if (!(await packExtension({ extensionPath: made, outputPath: packed, silent: true })))
      throw new Error('The bundle could not be packed.');
    return packed;
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

if (isMain(import.meta)) {
  const packed = await withMcpb(packer => bundle(packer, root));
  console.log(`${packed}: ${Math.round((await stat(packed)).size / 1000)} kB`);
}
