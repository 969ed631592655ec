import { blank, macOf } from '../world/blank-server.js';
import type { Disk, ServerRecord } from '../world/server-record.js';
import { defaultReverse } from '../world/state.js';
import { DAY, MINUTE } from '../times.js';
import { orderOf } from './vps.js';

/** The dedicated servers of the demo account. */
export const hardware = (now: number): ServerRecord[] => [backup01(now), legacyDb(now)];

function backup01(now: number): ServerRecord {
  const createdAt = now - 540 * DAY;
  const attack = now - 17 * DAY;
  return {
    ...blank('18105', 'backup01', createdAt),
    kind: 'dedicated',
    osId: '101',
    packageId: '4880',
    productName: 'Storage - Intel Xeon E-2236 64GB',
    cores: 6,
    ramGb: 64,
    order: orderOf('18105', 'recurring', createdAt, 124_900),
    addresses: [
      {
        id: '7805',
        subnetId: '431',
        family: 'ipv4',
        address: '203.0.113.40',
        reverse: 'backup01.fjordkaffe.example',
        type: 'primary',
        netmask: '255.255.255.0',
        gateway: '203.0.113.1',
        routedTo: null,
      },
    ],
    subnets: [{ id: '4105', network: '2001:db8:40::', prefixLength: 64, gateway: '2001:db8:40::1', nameserver: '' }],
    disks: [
      disk('6105', 'Samsung', 'PM893', 'SSD', 480, 'S6KLNE0T301477'),
      disk('6115', 'Toshiba', 'MG08ACA16TE', 'HDD', 16_000, '21G0A0PSFVGG'),
      disk('6125', 'Toshiba', 'MG08ACA16TE', 'HDD', 16_000, '21G0A0Q1FVGG'),
    ],
    nics: [{ id: '1505', speedMbps: 10_000, mac: macOf(5), port: 'xe-0/0/12' }],
    cpus: [{ id: '905', vendor: 'Intel', model: 'Xeon E-2236', speedMhz: 3400 }],
    hardware: { vendor: 'Dell', model: 'PowerEdge R340', ramType: 'DDR4 ECC', ramSticks: 4 },
    rack: { name: 'R14', unit: 22, row: 'B' },
    attacks: [{ id: '611', address: '203.0.113.40', startedAt: attack, endedAt: attack + 23 * MINUTE, peakMbps: 8420 }],
    traffic: { peakMbps: 110, outShare: 0.18, monthGb: 18_020 },
  };
}

function legacyDb(now: number): ServerRecord {
  return {
    ...blank('18107', 'legacy-db', now - 2300 * DAY),
    kind: 'dedicated',
    poweredOn: false,
    osId: '72',
    packageId: '1620',
    productName: 'Core i5 8GB 500GB',
    cores: 4,
    ramGb: 8,
    order: null,
    addresses: [
      {
        id: '7807',
        subnetId: '431',
        family: 'ipv4',
        address: '203.0.113.70',
        reverse: defaultReverse('203.0.113.70'),
        type: 'primary',
        netmask: '255.255.255.0',
        gateway: '203.0.113.1',
        routedTo: null,
      },
    ],
    disks: [disk('6107', 'Western Digital', 'WD5003ABYX', 'HDD', 465.76, 'WD-WMAYP0912345')],
    nics: [{ id: '1507', speedMbps: 1000, mac: macOf(7), port: 'ge-0/0/31' }],
    cpus: [{ id: '907', vendor: 'Intel', model: 'Core i5-2400', speedMhz: 3100 }],
    hardware: { vendor: 'HP', model: 'ProLiant ML10', ramType: 'DDR3', ramSticks: 2 },
    rack: { name: 'R02', unit: 7, row: 'A' },
    traffic: { peakMbps: 0, outShare: 0, monthGb: 0 },
  };
}

const disk = (id: string, vendor: string, model: string, type: Disk['type'], sizeGb: number, serial: string): Disk => ({
  id,
  vendor,
  model,
  type,
  sizeGb,
  serial,
});
