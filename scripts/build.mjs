// Bundles the product into dist/main.js and the files it loads when they are needed. The catalogue is computed here, once, and baked in as data, so that a list
// needs neither zod nor the code of any tool.
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, transform } from 'esbuild';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { isMain } from './is-main.mjs';
import { noticesOf } from './notices.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/**
 * An ES module's imports of Node's own modules are all loaded at start, wherever in the bundle they stand. Turned into
 * calls of `require`, each is loaded with the code that needs it.
 */
const lazyBuiltins = {
  name: 'lazy-builtins',
  setup({ onResolve, onLoad }) {
    const namespace = 'builtin';
    onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === 'import-statement' && isBuiltin(path) ? { path, namespace } : undefined,
    );
    onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
    }));
  },
};

/**
 * Of undici only the pool is used, and what speaks to proxies, which is loaded where there is one; what its index also
 * brings (fetch, websockets, mocks, caches) is as large again.
 */
const onlyThePool = {
  name: 'only-the-pool',
  setup({ onResolve, onLoad }) {
    const parts = {
      pool: 'export { default as Pool } from "undici/lib/dispatcher/pool.js"',
      // The index also gives every dispatcher the means to ask for a tunnel.
      proxy: `
        import Dispatcher from "undici/lib/dispatcher/dispatcher.js";
        import connect from "undici/lib/api/api-connect.js";
        Dispatcher.prototype.connect = connect;
        export { default as EnvHttpProxyAgent } from "undici/lib/dispatcher/env-http-proxy-agent.js"`,
    };
    onResolve({ filter: /^undici$/ }, ({ path, kind }) => ({
      path,
      namespace: kind === 'dynamic-import' ? 'proxy' : 'pool',
    }));
    for (const [namespace, contents] of Object.entries(parts))
      onLoad({ filter: /./, namespace }, () => ({ contents, resolveDir: root }));
  },
};

/**
 * The validator of DNS records goes by the names of its classes, and errors of these are called like theirs. Kept
 * everywhere, each function that is made would be given its name at a cost: the protocol makes hundreds for a request.
 */
const keptNames = {
  name: 'kept-names',
  setup({ onLoad }) {
    onLoad(
      { filter: /node_modules[\\/](?:@nictool[\\/]dns-resource-record|jose|commander)[\\/].*\.m?js$/ },
      async ({ path }) => {
        const { code } = await transform(await readFile(path, 'utf8'), { keepNames: true, target: bundling.target });
        return { contents: code };
      },
    );
  },
};

export const bundling = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.18',
  // What Node would take of it loads its parts in a way that cannot be bundled.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  // Native, and absent where it was not installed.
  external: ['@napi-rs/keyring'],
  legalComments: 'none',
  logLevel: 'warning',
  banner: { js: 'import{createRequire as __r}from"node:module";const require=__r(import.meta.url);' },
};

/** Bundles one module and imports it. */
export async function load(entry) {
  const folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-'));
  try {
    const outfile = join(folder, 'module.mjs');
    await build({ ...bundling, entryPoints: [entry], outfile });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (isMain(import.meta)) {
  const { catalogue } = await load('src/catalogue.ts');
  const baked = await catalogue();
  const tokens = Object.fromEntries(
    baked.tools.map(({ name, description, inputSchema }) => [
      name,
      encode(JSON.stringify({ name, description, inputSchema })).length,
    ]),
  );
  const made = join(root, `dist/.made-${process.pid}`);
  // What is imported when it is needed goes into files of its own: starting reads only what answers a list.
  const { metafile } = await build({
    ...bundling,
    metafile: true,
    entryPoints: ['src/main.ts'],
    outdir: made,
    chunkNames: 'lib/[name]-[hash]',
    splitting: true,
    minify: true,
    plugins: [lazyBuiltins, onlyThePool, keptNames],
    define: {
      BAKED_CATALOGUE: JSON.stringify(JSON.stringify(baked)),
      BAKED_TOKENS: JSON.stringify(JSON.stringify(tokens)),
    },
  });
  // Put in place so that a server that is being started meanwhile finds either the old files or the new ones.
  await mkdir(join(root, 'dist/lib'), { recursive: true });
  const parts = await readdir(join(made, 'lib'));
  for (const name of parts) await rename(join(made, 'lib', name), join(root, 'dist/lib', name));
  await rename(join(made, 'main.js'), join(root, 'dist/main.js'));
  await writeFile(join(root, 'dist/NOTICES.txt'), await noticesOf(metafile, root));
  await rm(made, { recursive: true });
  for (const name of await readdir(join(root, 'dist/lib')))
    if (!parts.includes(name)) await rm(join(root, 'dist/lib', name));
}
