import type { Package } from '../world/records.js';

const value = (id: string, ramGb: number, cores: number, monthlyNok: number, hourlyRate: number): Package => ({
  id,
  name: `KVM Value VPS ${ramGb}GB`,
  cores,
  ramGb,
  diskGb: ramGb * 10,
  bandwidthGb: 20_000,
  monthly: monthlyNok * 100,
  hourlyRate,
});

/** Sizes of virtual servers, smallest first. */
export const PACKAGES: Package[] = [
  value('7954', 2, 1, 29, 0.04632),
  value('7955', 4, 2, 49, 0.07826),
  value('7956', 8, 4, 79, 0.12618),
  value('7957', 16, 6, 149, 0.23798),
  value('7958', 32, 8, 289, 0.46159),
];
