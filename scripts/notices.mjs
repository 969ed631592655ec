import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** A path up to the package it is in, and the package's name. */
const PACKAGE = /^.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)(?=[\\/])/;

/** The licences of all packages of which code is in a bundle, as their licences ask for wherever a copy of them goes. */
export async function noticesOf({ outputs }, root) {
  const inputs = Object.values(outputs).flatMap(output => Object.entries(output.inputs));
  const folders = inputs.flatMap(([path, { bytesInOutput }]) => {
    const [folder] = (bytesInOutput > 0 && PACKAGE.exec(path)) || [];
    return folder === undefined ? [] : [resolve(root, folder)];
  });
  const notices = await Promise.all([...new Set(folders)].map(noticeOf));
  return ['This program holds code of these packages.', ...notices.sort()].join(`\n\n${'-'.repeat(80)}\n\n`) + '\n';
}

async function noticeOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter(file => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map(file => readFile(join(folder, file), 'utf8')));
  return [`${name} ${version} (${license})`, ...texts.map(text => text.replace(/\r\n/g, '\n').trim())].join('\n\n');
}
