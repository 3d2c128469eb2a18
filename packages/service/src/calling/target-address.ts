import ipaddr from 'ipaddr.js'

/** The names of ranges, where those of the library are not plain. */
const rangeNames: Record<string, string> = {
	linkLocal: 'link-local',
	carrierGradeNat: 'carrier-grade NAT',
	uniqueLocal: 'unique local',
	deprecatedSiteLocal: 'site-local',
	ipv4Mapped: 'IPv4 in IPv6',
	rfc6145: 'IPv4 in IPv6',
	rfc6052: 'IPv4 in IPv6',
	'6to4': 'IPv4 in IPv6',
	teredo: 'IPv4 in IPv6',
}
const plainNames = ['unspecified', 'broadcast', 'multicast', 'loopback', 'private']

/** All public IPv6 addresses. IPv4-compatible ones, and other ranges without a meaning yet, are outside. */
const publicIpv6 = ipaddr.IPv6.parseCIDR('2000::/3')
/** Azure gives this address, which looks public, to the platform below each machine. */
const azurePlatform = '168.63.129.16'

/**
 * The range that forbids an address as a target, such as `loopback`; undefined for a public unicast address. An IPv4
 * address inside of IPv6 is refused whatever it is, because no public name has one.
 */
export function addressRefusal(address: string): string | undefined {
	if (!ipaddr.isValid(address)) return 'no address'
	if (address === azurePlatform) return 'cloud platform'
	const parsed = ipaddr.parse(address)
	const range = parsed.range()
	if (range !== 'unicast') return rangeNames[range] ?? (plainNames.includes(range) ? range : 'reserved')
	if (!(parsed instanceof ipaddr.IPv6)) return undefined
	if (!parsed.match(publicIpv6)) return 'reserved'
	return isIsatap(parsed) ? 'IPv4 in IPv6' : undefined
}

/** ISATAP has an IPv4 address behind `0:5efe` or `200:5efe` (RFC 5214, 6.1). */
function isIsatap({ parts }: ipaddr.IPv6): boolean {
	return (parts[4] === 0 || parts[4] === 0x200) && parts[5] === 0x5efe
}
