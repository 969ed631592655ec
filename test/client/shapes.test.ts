import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { setReverseDns } from '../../src/client/api/addresses.js';
import { anywhere } from '../../src/client/endpoint.js';
import { listServerIsos } from '../../src/client/api/isos.js';
import { getServer } from '../../src/client/api/servers.js';
import { listServerUpgrades } from '../../src/client/api/upgrades.js';

describe('wire note 3.1: one server comes as an array of one', () => {
  const reply = (data: unknown) => ({ meta: {}, data, body: {} });

  test('the array and the bare object are the same server', () => {
    expect(getServer.decode(reply([{ srv_id: 3523 }])).id).toBe('3523');
    expect(getServer.decode(reply({ srv_id: '3523' })).id).toBe('3523');
  });

  test.each([[[]], [{}], [null], [undefined]])('%j means that there is no such server', data => {
    expect(() => getServer.decode(reply(data))).toThrow(expect.objectContaining({ kind: 'not_found' }) as Error);
  });

  test('two servers are refused: picking one would show a machine nobody asked for', () => {
    expect(() => getServer.decode(reply([{ srv_id: '1' }, { srv_id: '2' }]))).toThrow(z.ZodError);
  });
});

describe('shapes of single endpoints', () => {
  const reply = (data: unknown) => ({ meta: {}, data, body: {} });

  test('wire note 2.7: fields nobody has heard of are accepted and not handed on', () => {
    const server = getServer.decode(reply([{ srv_id: '1', srv_brand_new_secret: 'hunter2' }]));
    expect(JSON.stringify(server)).not.toContain('hunter2');
  });

  test('wire note 3.8: a server is called by its name, else its label, else its id', () => {
    const nameOf = (row: object) => getServer.decode(reply([{ srv_id: '7', ...row }])).name;
    expect(nameOf({ srv_name: 'web01', srv_label: 'shop' })).toBe('web01');
    expect(nameOf({ srv_name: '', srv_label: 'shop' })).toBe('shop');
    expect(nameOf({ srv_name: '', srv_label: '' })).toBe('7');
  });

  test('wire note 3.7: an order that is cancelled in any letter case cancels the server', () => {
    const cancelled = (row: object) => getServer.decode(reply([{ srv_id: '7', ...row }])).cancelled;
    expect(cancelled({ order: { order_status: 'Cancelled' } })).toBe(true);
    expect(cancelled({ order: { order_status: 'active' } })).toBe(false);
    expect(cancelled({ order: [] })).toBe(false);
  });

  test('wire note 3.9: the twin of an address is told by its text, not by its id', () => {
    const { addresses } = getServer.decode(
      reply([
        {
          srv_id: '7',
          ips: [
            { ip_id: '5', ip_v4v6: 'ipv4', ip_address: '192.0.2.7', ip_reverse: 'web01.example.no' },
            { ip_id: '5', ip_v4v6: 'ipv6', ip_address: '2001:db8::7', ip_netmask: '/118', ip_reverse_v6: 'v6.example' },
          ],
        },
      ]),
    );
    expect(addresses.map(({ ipId, family, address, ptr }) => ({ ipId, family, address, ptr }))).toEqual([
      { ipId: '5', family: 'ipv4', address: '192.0.2.7', ptr: 'web01.example.no' },
      { ipId: '5', family: 'ipv6', address: '2001:db8::7', ptr: 'v6.example' },
    ]);
  });

  test('wire note 9.5: ISO images come bare or wrapped', () => {
    const iso = { iso_id: '3', iso_name: 'rescue.iso', iso_size: '1048576', iso_state: 'completed', iso_mounted: '0' };
    const expected = [{ id: '3', name: 'rescue.iso', sizeBytes: 1_048_576, state: 'completed', mounted: false }];
    expect(listServerIsos.decode(reply([iso]))).toEqual(expected);
    expect(listServerIsos.decode(reply({ isos: [iso] }))).toEqual(expected);
  });

  test('wire note 6.4: upgrades are read in the live shape, and in the documented one', () => {
    const live = {
      product_id: '7952',
      product_name: 'KVM 8GB',
      product_vm_cores: '4',
      product_vm_memory: '8',
      product_vm_storage: '80',
      rate_monthly: '79.00000',
      currency_code: 'NOK',
    };
    const documented = { pkg_id: 12, pkg_name: 'KVM 8GB', pkg_cores: 4, pkg_ram: 8192, product_price: '79.00' };
    expect(listServerUpgrades.decode(reply([live, documented]))).toEqual([
      { id: '7952', name: 'KVM 8GB', cores: 4, ramGb: 8, storageGb: 80, monthlyPrice: '79.00', currency: 'NOK' },
      { id: '12', name: 'KVM 8GB', cores: 4, ramGb: 8, storageGb: null, monthlyPrice: '79.00', currency: null },
    ]);
  });

  test('wire note 6.5: reverse DNS is set on one address or on one subnet, never on neither or both', () => {
    const accepts = (body: object) => setReverseDns.body?.safeParse({ dns: 'a.example', ...body }).success;
    expect(accepts({ ip_id: '5' })).toBe(true);
    expect(accepts({ sub_id: '5' })).toBe(true);
    expect(accepts({})).toBe(false);
    expect(accepts({ ip_id: '5', sub_id: '6' })).toBe(false);
  });

  test('wire note 1.5: a payload is found in meta, beside it or in data, and a blank one is passed over', () => {
    const in_ = (meta: object, beside: object, data: unknown) =>
      anywhere({ meta: { ...meta }, body: { ...beside }, data }, 'root_passwd');
    expect(in_({ root_passwd: 'a' }, { root_passwd: 'b' }, {})).toBe('a');
    expect(in_({ root_passwd: '' }, { root_passwd: 'b' }, {})).toBe('b');
    expect(in_({}, {}, { root_passwd: 'c' })).toBe('c');
    expect(in_({ root_passwd: null }, {}, [])).toBeUndefined();
    expect(in_({}, {}, undefined)).toBeUndefined();
  });
});
