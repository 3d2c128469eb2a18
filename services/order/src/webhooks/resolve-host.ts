import { lookup } from 'node:dns/promises'
import type { HostAddress, ResolveHost } from './webhook-agent.ts'

/**
 * Resolves names as the system does. Look-ups of one name at a time share one answer: each takes one of Node's four
 * threads, and a name whose servers are slow must not take them all.
 */
export function createResolveHost(): ResolveHost {
	const underWay = new Map<string, Promise<HostAddress[]>>()
	return (host) => {
		const asked = underWay.get(host)
		if (asked !== undefined) return asked
		const answer = lookup(host, { all: true }).finally(() => underWay.delete(host))
		underWay.set(host, answer)
		return answer
	}
}
