import { describe, expect, test } from 'vitest';
import { sniffPicture } from '../../src/client/pictures.js';

describe('wire note 7: what a picture is, is told by its first bytes', () => {
  const base64 = (...parts: (string | number[])[]) =>
    Buffer.concat(parts.map(part => Buffer.from(part as string))).toString('base64');
  const png = base64([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]);

  test.each([
    ['image/png', png],
    ['image/gif', base64('GIF89a')],
    ['image/jpeg', base64([0xff, 0xd8, 0xff, 0xe0])],
    ['image/svg+xml', base64('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['image/svg+xml', base64('<?xml version="1.0"?>\n<svg/>')],
  ])('%s', (mimeType, data) => {
    expect(sniffPicture(data)).toEqual({ mimeType, data });
  });

  test('a data: prefix and line breaks are dropped, and the prefix is not believed', () => {
    const wrapped = `data:image/gif;base64,${png.slice(0, 4)}\r\n${png.slice(4)}`;
    expect(sniffPicture(wrapped)).toEqual({ mimeType: 'image/png', data: png });
  });

  test.each([[''], [base64('hello')], [base64('<html></html>')], [base64('<?xml version="1.0"?><rss/>')], ['!!!']])(
    '%j is no picture',
    data => {
      expect(sniffPicture(data)).toBeUndefined();
    },
  );
});
