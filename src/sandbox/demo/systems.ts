import type { Distribution, OperatingSystem } from '../world/records.js';

const distribution = (id: string, name: string, slug: string, description: string, active = true): Distribution => ({
  id,
  name,
  slug,
  description,
  active,
});

/** Distributions, with descriptions in Norwegian as upstream has them. */
export const DISTRIBUTIONS: Distribution[] = [
  distribution('1', 'CentOS', 'centos', 'CentOS er ikke lenger vedlikeholdt.', false),
  distribution('2', 'Debian', 'debian', 'Debian er en programvaredistribusjon.'),
  distribution('3', 'Ubuntu', 'ubuntu', 'Ubuntu er et operativsystem.'),
  distribution('4', 'Windows Server', 'windows', 'Windows Server fra Microsoft.'),
  distribution('5', 'FreeBSD', 'freebsd', 'FreeBSD er et Unix-lignende operativsystem.'),
  distribution('6', 'Fedora', 'fedora', 'Fedora Server.'),
  distribution('7', 'AlmaLinux', 'almalinux', 'AlmaLinux er kompatibelt med RHEL.'),
  distribution('8', 'Rocky Linux', 'rocky', 'Rocky Linux er kompatibelt med RHEL.'),
];

interface Traits {
  readonly minRamGb?: number;
  readonly dedicatedOnly?: boolean;
}

function system(
  id: string,
  distributionId: string,
  name: string,
  codeName: string,
  traits: Traits = {},
): OperatingSystem {
  const release = DISTRIBUTIONS.find(candidate => candidate.id === distributionId)?.slug ?? '';
  const { minRamGb = 0, dedicatedOnly = false } = traits;
  return { id, distributionId, name, release, codeName, dedicatedOnly, minRamGb };
}

export const OPERATING_SYSTEMS: OperatingSystem[] = [
  system('72', '1', 'CentOS 7 64-bit', 'core'),
  system('88', '2', 'Debian 11 64-bit', 'bullseye'),
  system('101', '2', 'Debian 12 64-bit', 'bookworm'),
  system('118', '2', 'Debian 13 64-bit', 'trixie'),
  system('95', '3', 'Ubuntu 22.04 LTS', 'jammy', { minRamGb: 2 }),
  system('102', '3', 'Ubuntu 24.04 LTS', 'noble', { minRamGb: 2 }),
  system('97', '4', 'Windows Server 2022 Standard', 'ws2022', { minRamGb: 16, dedicatedOnly: true }),
  system('110', '5', 'FreeBSD 14 64-bit', '14'),
  system('116', '6', 'Fedora 42 Server', '42', { minRamGb: 2 }),
  system('104', '7', 'AlmaLinux 9', '9', { minRamGb: 2 }),
  system('119', '7', 'AlmaLinux 10', '10', { minRamGb: 2 }),
  system('105', '8', 'Rocky Linux 9', '9', { minRamGb: 2 }),
];
