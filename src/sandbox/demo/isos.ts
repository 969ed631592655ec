import type { Iso } from '../world/records.js';

/** Images the account has uploaded, one of them still on its way. */
export const ISOS: Iso[] = [
  {
    id: '311',
    name: 'systemrescue-12.00-amd64.iso',
    url: 'https://downloads.example.no/systemrescue-12.00-amd64.iso',
    hash: '6d2f1f7dd2a0a0bb1b1c7d2a5f0e9c34',
    sizeBytes: 1_161_363_456,
    state: 'completed',
  },
  {
    id: '312',
    name: 'debian-13.1.0-amd64-netinst.iso',
    url: 'https://downloads.example.no/debian-13.1.0-amd64-netinst.iso',
    hash: 'b0f1c2a96d3e4587a1c09e77f2d5c810',
    sizeBytes: 821_035_008,
    state: 'completed',
  },
  {
    id: '313',
    name: 'opnsense-25.7-dvd-amd64.iso',
    url: 'https://downloads.example.no/opnsense-25.7-dvd-amd64.iso',
    hash: '',
    sizeBytes: 0,
    state: 'uploading',
  },
];
