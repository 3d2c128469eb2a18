export type HostAddress = { address: string; family: number }

/** The addresses of a host by its name. Rejects when there are none. */
export type ResolveHost = (host: string) => Promise<HostAddress[]>

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
