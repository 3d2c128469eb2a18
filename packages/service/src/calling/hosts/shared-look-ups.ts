import type { ResolveHost } from './host-address.ts'

/** Lets look-ups of one name at a time share one answer. */
export function shareLookUps(lookUp: ResolveHost): ResolveHost {
	const underWay = new Map<string, ReturnType<ResolveHost>>()

	return (host) => {
		const asked = underWay.get(host)
		if (asked !== undefined) return asked
		const answer = lookUp(host).finally(() => underWay.delete(host))
		underWay.set(host, answer)
		return answer
	}
}
