import { lookup } from 'node:dns/promises'
import { LRUCache } from 'lru-cache'
import type { HostAddress, ResolveHost } from './host-address.ts'
import { shareLookUps } from './shared-look-ups.ts'

export type LookUpHostNeeds = {
	/** The look-up of the system, unless given. */
	lookUp?: ResolveHost
}

export type LookUpHostOptions = {
	/** A look-up that took so long makes its name a slow one. A second, unless given. */
	slowMs?: number
	/** How long a look-up may wait before it begins. The time of an attempt, 10 s, unless given. */
	mostWaitMs?: number
}

/** Begins look-ups one after another. */
type Lane = (lookUp: () => Promise<HostAddress[]>) => Promise<HostAddress[]>

const mostSlowNames = 1_000

/**
 * Looks names up as the system does, with its hosts file and its search domains. Node has two threads for look-ups, so one
 * is for names whose last look-up was slow, and the other one for all others. Look-ups of one name at a time share one
 * answer.
 */
export function createLookUpHost(
	{ lookUp = (host) => lookup(host, { all: true }) }: LookUpHostNeeds = {},
	{ slowMs = 1_000, mostWaitMs = 10_000 }: LookUpHostOptions = {},
): ResolveHost {
	const slowNames = new LRUCache<string, true>({ max: mostSlowNames })
	const slowLane = createLane(mostWaitMs)
	const fastLane = createLane(mostWaitMs)

	async function measure(host: string): Promise<HostAddress[]> {
		const begunAt = performance.now()
		try {
			return await lookUp(host)
		} finally {
			if (performance.now() - begunAt >= slowMs) slowNames.set(host, true)
			else slowNames.delete(host)
		}
	}

	return shareLookUps((host) => {
		const lane = slowNames.has(host) ? slowLane : fastLane
		return lane(() => measure(host))
	})
}

function createLane(mostWaitMs: number): Lane {
	let end = Promise.resolve()
	return (lookUp) =>
		new Promise((resolve, reject) => {
			let isWaiting = true
			const giveUp = setTimeout(() => {
				isWaiting = false
				reject(new Error('the look-up of the name waited too long for those of other names'))
			}, mostWaitMs).unref()
			end = end.then(async () => {
				if (!isWaiting) return
				clearTimeout(giveUp)
				await lookUp().then(resolve, reject)
			})
		})
}
