import { describe, expect, test } from 'vitest';
import { fillPath } from '../../src/client/path.js';

describe('paths', () => {
  test('a value becomes exactly one segment', () => {
    expect(fillPath('/servers/{id}/snapshot/{snap_id}', { id: '7', snap_id: '12' })).toBe('/servers/7/snapshot/12');
    expect(fillPath('/mailbox/{email}', { email: 'a+b@example.no' })).toBe('/mailbox/a%2Bb%40example.no');
    expect(fillPath('/files/{name}', { name: 'blå' })).toBe('/files/bl%C3%A5');
  });

  test.each(['', ' ', '.', '..', 'a/b', 'a\\b', 'a?b', 'a#b', 'a%2fb', 'a b', 'a\nb', 'a\u0000b', '\ud800', '\u202e'])(
    'wire note 3.2: %j is refused, since it would lead to another path',
    value => {
      expect(() => fillPath('/servers/{id}', { id: value })).toThrow(TypeError);
    },
  );

  test('wire note 3.2: a missing value is refused and never becomes the list', () => {
    expect(() => fillPath('/servers/{id}', {})).toThrow(TypeError);
  });
});
