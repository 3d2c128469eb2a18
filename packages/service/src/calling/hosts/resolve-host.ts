import { Resolver } from 'node:dns/promises'
import type { HostAddress, ResolveHost } from './host-address.ts'
import { shareLookUps } from './shared-look-ups.ts'

export type ResolveHostNeeds = {
	/** The name servers, such as `10.0.0.2:53`. Those of the system, unless given. */
	servers?: readonly string[]
}

export type ResolveHostOptions = {
	/** How long a try waits for its answer. 3 s, unless given. */
	tryMs?: number
}

const tries = 2
// For the other family, when one has answered.
const otherFamilyMs = 200

/**
 * Asks the name servers for the addresses of public names. A look-up is a message on a socket and takes none of Node's few
 * threads, so a name whose servers are slow delays only itself. It reads no hosts file and adds no search domain. Look-ups
 * of one name at a time share one answer.
 */
export function createResolveHost(
	{ servers }: ResolveHostNeeds = {},
	{ tryMs = 3_000 }: ResolveHostOptions = {},
): ResolveHost {
	function openResolver(): Resolver {
		// A new one reads the name servers of the system as they are now.
		const resolver = new Resolver({ timeout: tryMs, tries })
		if (servers !== undefined) resolver.setServers(servers)
		return resolver
	}

	async function ask(host: string): Promise<HostAddress[]> {
		const resolver = openResolver()
		const found: HostAddress[] = []
		const failures: unknown[] = []
		// The library tries each server, and waits longer each time.
		let limit = setTimeout(() => resolver.cancel(), tries * tryMs)

		async function collect(family: 4 | 6): Promise<void> {
			try {
				const addresses = await (family === 4 ? resolver.resolve4(host) : resolver.resolve6(host))
				found.push(...addresses.map((address) => ({ address, family })))
				clearTimeout(limit)
				limit = setTimeout(() => resolver.cancel(), otherFamilyMs)
			} catch (error) {
				failures.push(error)
			}
		}

		await Promise.all([collect(4), collect(6)])
		clearTimeout(limit)
		if (found.length === 0) throw new Error(failureText(host, failures), { cause: failures[0] })
		// A machine without IPv6 loses no time when IPv4 comes first.
		return found.toSorted((one, other) => one.family - other.family)
	}

	return shareLookUps(ask)
}

/** Trouble with one family says more than the absence of the other. */
function failureText(host: string, failures: unknown[]): string {
	const codes = failures.map((failure) => (failure as NodeJS.ErrnoException).code ?? String(failure))
	const code = codes.find((text) => text !== 'ENOTFOUND' && text !== 'ENODATA') ?? codes[0]
	switch (code) {
		case 'ENOTFOUND':
			return `the name ${host} does not exist`
		case 'ENODATA':
			return `the name ${host} has no address`
		case 'ETIMEOUT':
		case 'ECANCELLED':
			return `the name servers gave no answer for ${host}`
		default:
			return `the name servers could not answer for ${host} (${code})`
	}
}
