import { expect, test } from 'vitest';
import { hostingPath, isLog, lastLines } from '../../src/inventory/hosting-files.js';

test.each([
  ['logs/error.log', '/logs/error.log'],
  ['/logs/../public_html//wp-config.php', '/public_html/wp-config.php'],
  ['../../etc/passwd', '/etc/passwd'],
  ['/public_html/', '/public_html'],
  [' / ', '/'],
  ['.', '/'],
])('the path %s is %s', (given, path) => {
  expect(hostingPath(given)).toBe(path);
});

test.each([
  '/logs/error.log',
  '/logs/fjordkaffe.no',
  '/public_html/error_log',
  '/public_html/wp-content/debug.log',
  '/logs/access.log.1',
  '/logs/error.log-20261001',
  '/x/ACCESS_LOG.2',
])('%s is a log', path => {
  expect(isLog(path)).toBe(true);
});

test.each([
  '/public_html/wp-config.php',
  '/.env',
  '/logs/.env',
  '/logs/wp-config.php',
  '/logs/wp-config.php.bak',
  '/logs/settings.log',
  '/logs/.htpasswd.log',
  '/logs/db-password.log',
  '/public_html/app.log.php',
  '/public_html/logs/keys',
  '/logs',
  '/catalog',
  '/public_html/error_log/config',
])('%s is not read out as a log', path => {
  expect(isLog(path)).toBe(false);
});

test('the last lines of a log are told, and how many there are', () => {
  expect(lastLines('a\r\nb\nc\n', 2)).toEqual({ lines: ['b', 'c'], total: 3 });
  expect(lastLines('a\n\n', 5)).toEqual({ lines: ['a', ''], total: 2 });
  expect(lastLines('', 5)).toEqual({ lines: [], total: 0 });
});

test.each([
  ['login password=hunter22, from 192.0.2.1', 'login password=[hidden], from 192.0.2.1'],
  ['{"api_key": "abc123", "n": 1}', '{"api_key": "[hidden]", "n": 1}'],
  ['GET /reset?token=abc123&x=1', 'GET /reset?token=[hidden]&x=1'],
  ['Authorization: Bearer abc.def', 'Authorization: Bearer [hidden]'],
  ["'DB_PASSWORD' => 's3cret'", "'DB_PASSWORD' => '[hidden]'"],
  ['no password was given', 'no password was given'],
])('a value that a log tells to be secret is hidden: %s', (line, shown) => {
  expect(lastLines(line, 1).lines).toEqual([shown]);
});
