import { isIP, type LookupFunction } from 'node:net'
import type { Agent } from 'undici'
import type { HostAddress, ResolveHost } from './hosts/host-address.ts'

/** Makes requests, as undici has them. */
export type TargetAgent = Agent

export type TargetAgentNeeds = {
	resolve: ResolveHost
	/** The range that forbids an address as a target; undefined for one that is permitted. */
	addressRefusal(address: string): string | undefined
}

export type TargetAgentOptions = {
	/** For one connection, TLS included. */
	connectTimeoutMs: number
}

/** The host is, or resolves to, addresses that must not be targets. */
export class TargetRefusedError extends Error {
	override name = 'TargetRefusedError'
}

const mostHeaderBytes = 16_384
// Node waits a quarter of a second before it tries the next address of a host. Far hosts need longer.
const nextAddressAfterMs = 1_000

/**
 * Opens connections to the URLs of others, and keeps them for later requests. The addresses are checked when connecting, and only
 * those are used, so that a name cannot change its address in between.
 */
export async function openTargetAgent(
	{ resolve, addressRefusal }: TargetAgentNeeds,
	{ connectTimeoutMs }: TargetAgentOptions,
): Promise<TargetAgent> {
	// The library takes a tenth of a second and 28 MB, so it is loaded by the first request.
	const { Agent, buildConnector } = await import('undici')

	const lookup: LookupFunction = (host, _options, callback) => {
		resolve(host)
			.then((addresses) => permitted(addresses))
			.then(
				(addresses) => callback(null, addresses),
				(error) => callback(error, []),
			)
	}

	/** Others are left out: a resolver for IPv6 networks (DNS64) adds IPv4 in IPv6 to each public name. */
	function permitted(addresses: HostAddress[]): HostAddress[] {
		const refusals = addresses.map(({ address }) => addressRefusal(address))
		const kept = addresses.filter((_, index) => refusals[index] === undefined)
		if (kept.length === 0) {
			throw new TargetRefusedError(`the host must not resolve to a private address (${refusals[0] ?? 'no address'})`)
		}
		return kept
	}

	const connectTo = buildConnector({
		// A broken answer ends its connection. With HTTP/2 it would be one that other requests share.
		allowH2: false,
		timeout: connectTimeoutMs,
		// Makes Node ask `lookup` for all addresses.
		autoSelectFamily: true,
		autoSelectFamilyAttemptTimeout: nextAddressAfterMs,
		lookup,
	})

	return new Agent({
		allowH2: false,
		maxHeaderSize: mostHeaderBytes,
		// Each request brings its own limits.
		headersTimeout: 0,
		bodyTimeout: 0,
		connect(target, callback) {
			// Node asks `lookup` for names only.
			const range = isIP(target.hostname) === 0 ? undefined : addressRefusal(target.hostname)
			if (range === undefined) return connectTo(target, callback)
			callback(new TargetRefusedError(`the host must not be a private address (${range})`), null)
		},
	})
}
