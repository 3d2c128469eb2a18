import { isIP, type LookupFunction } from 'node:net'
import type { HostAddress, ResolveHost } from './hosts/host-address.ts'

export type TargetLookupNeeds = {
	resolve: ResolveHost
	/** The range that forbids an address as a target; undefined for one that is permitted. */
	addressRefusal(address: string): string | undefined
}

export type TargetLookup = {
	/** Finds the addresses of a host for a connection of Node, and leaves out those that are forbidden. */
	lookup: LookupFunction
	/** The error for a host that is itself a forbidden address. Node asks `lookup` for names only. */
	refusalOf(host: string): TargetRefusedError | undefined
}

/** Node waits a quarter of a second before it tries the next address of a host. Far hosts need longer. */
export const nextAddressAfterMs = 1_000

/** The host is, or resolves to, addresses that must not be targets. */
export class TargetRefusedError extends Error {
	override name = 'TargetRefusedError'
}

/**
 * Checks the addresses of a host when a connection is made. Only those are used, so that a name cannot change its address in
 * between.
 */
export function createTargetLookup({ resolve, addressRefusal }: TargetLookupNeeds): TargetLookup {
	/** Others are left out: a resolver for IPv6 networks (DNS64) adds IPv4 in IPv6 to each public name. */
	function permitted(addresses: HostAddress[]): HostAddress[] {
		const refusals = addresses.map(({ address }) => addressRefusal(address))
		const kept = addresses.filter((_, index) => refusals[index] === undefined)
		if (kept.length === 0) {
			throw new TargetRefusedError(`the host must not resolve to a private address (${refusals[0] ?? 'no address'})`)
		}
		return kept
	}

	return {
		lookup(host, _options, callback) {
			resolve(host)
				.then((addresses) => permitted(addresses))
				.then(
					(addresses) => callback(null, addresses),
					(error) => callback(error, []),
				)
		},
		refusalOf(host) {
			const range = isIP(host) === 0 ? undefined : addressRefusal(host)
			return range === undefined
				? undefined
				: new TargetRefusedError(`the host must not be a private address (${range})`)
		},
	}
}
