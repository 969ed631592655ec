import ipaddr from 'ipaddr.js';

/** The one spelling of an address ("2001:DB8::0:1" → "2001:db8::1", "::ffff:192.0.2.1" → "192.0.2.1"), or undefined when it is none. */
export function normalAddress(value: string): string | undefined {
  const trimmed = value.trim();
  return isStrictAddress(trimmed) ? ipaddr.process(trimmed).toString() : undefined;
}

/**
 * The one spelling of a subnet in CIDR form with its host bits cleared, or undefined when it is none. A subnet of IPv4
 * addresses written as IPv6 is refused: `::ffff:0:0/96` looks narrow and is all of IPv4.
 */
export function normalSubnet(value: string): string | undefined {
  try {
    const [address, prefix] = ipaddr.parseCIDR(value.trim());
    if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) return undefined;
    const network =
      address.kind() === 'ipv4'
        ? ipaddr.IPv4.networkAddressFromCIDR(value.trim())
        : ipaddr.IPv6.networkAddressFromCIDR(value.trim());
    return isStrictAddress(value.trim().split('/')[0] ?? '') ? `${network.toString()}/${prefix}` : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an address lies inside a subnet in CIDR form. */
export function contains(cidr: string, address: string): boolean {
  try {
    const parsed = ipaddr.parse(address);
    const range = ipaddr.parseCIDR(cidr);
    return parsed.kind() === range[0].kind() && parsed.match(range);
  } catch {
    return false;
  }
}

/** ipaddr.js also reads "10.1" and octal; a person who writes that has made a mistake. */
const isStrictAddress = (value: string): boolean =>
  value.includes(':') ? ipaddr.IPv6.isValid(value) && !value.includes('%') : ipaddr.IPv4.isValidFourPartDecimal(value);
