import { expect, test } from 'vitest';
import { path as absolutePath } from '../src/config/kinds.js';
import { otherwiseTaken } from '../src/guard/file-names.js';
import { stopSignals } from '../src/hosts/stop-signals.js';

test.for([
  ['NUL', 'device'],
  ['nul.txt', 'device'],
  ['site/Com1.tar.gz', 'device'],
  ['LPT³', 'device'],
  ['aux .txt', 'device'],
  ['CONOUT$', 'device'],
  ['report.txt:hidden', 'stream'],
  ['D:report.txt', 'stream'],
  ['a\\b:c\\d', 'stream'],
  ['report.txt.', 'full stop'],
  ['backup /site.zip', 'blank'],
] as const)('a file called %s is refused on Windows, and is one of that name elsewhere', ([name, why]) => {
  expect(otherwiseTaken(name, 'win32')).toContain(why);
  expect(otherwiseTaken(name, 'linux')).toBeUndefined();
});

test.for([
  'console.log',
  'com10.txt',
  'null',
  'nul-1.txt',
  'a/../b.zip',
  './site.zip',
  '.hidden',
  'blåbær saft.tar.gz',
])('a file called %s is one on Windows too', name => expect(otherwiseTaken(name, 'win32')).toBeUndefined());

test('what stops it on Windows is what Windows has', () => {
  expect(stopSignals('win32')).toEqual(['SIGINT', 'SIGBREAK', 'SIGHUP']);
  expect(stopSignals('linux')).toEqual(['SIGINT', 'SIGTERM']);
  expect(stopSignals('darwin')).toEqual(['SIGINT', 'SIGTERM']);
});

test('an editor takes the absolute paths of every system in a configuration file', () => {
  const pattern = new RegExp(absolutePath.schema['pattern'] as string);
  for (const good of ['/var/lib/x', 'C:\\Users\\Kari\\key.txt', 'c:/Users/Kari/key.txt', '\\\\nas\\keys\\key.txt'])
    expect(good).toMatch(pattern);
  for (const bad of ['key.txt', 'C:key.txt', '.\\key.txt', '~/key']) expect(bad).not.toMatch(pattern);
});
