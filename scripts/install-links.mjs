// Links that put the server into an assistant with one click. They take the package from npm.
import { CREDENTIALS, PACKAGE, SHORT_NAME } from './about.mjs';

const { env: KEY } = CREDENTIALS.apiKey;
const npx = { command: 'npx', args: ['-y', PACKAGE.name] };

/** Asks for the key and keeps it. Pages do not lead to `vscode:` themselves, so VS Code offers a way round. */
function vsCode(scheme) {
  const config = {
    name: SHORT_NAME,
    ...npx,
    env: { [KEY]: '${input:gigahost-key}' },
    inputs: [{ id: 'gigahost-key', type: 'promptString', description: 'Gigahost API key', password: true }],
  };
  const link = `${scheme}:mcp/install?${encodeURIComponent(JSON.stringify(config))}`;
  return `https://insiders.vscode.dev/redirect?url=${encodeURIComponent(link)}`;
}

/** Takes the key from the environment that Cursor was started in. */
function cursor(address) {
  const config = Buffer.from(JSON.stringify({ ...npx, env: { [KEY]: `\${env:${KEY}}` } })).toString('base64');
  return `${address}?name=${SHORT_NAME}&config=${encodeURIComponent(config)}`;
}

const LINKS = {
  'VS Code': vsCode('vscode'),
  'VS Code Insiders': vsCode('vscode-insiders'),
  Cursor: cursor('https://cursor.com/en/install-mcp'),
};
const CURSOR_DEEP_LINK = cursor('cursor://anysphere.cursor-deeplink/mcp/install');

const badge = (name, colour) =>
  `[![Install in ${name}](https://img.shields.io/badge/${encodeURIComponent(name.replaceAll(' ', '_'))}-Install-${colour})](${LINKS[name]})`;

/** For the README. */
export const installLinks = [
  [badge('VS Code', '0098FF'), badge('VS Code Insiders', '24bfa5'), badge('Cursor', '333333')].join('\n'),
  `Cursor opens this one without a web page: \`${CURSOR_DEEP_LINK}\``,
].join('\n\n');
