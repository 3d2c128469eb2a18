import { setTimeout as sleep } from 'node:timers/promises'
import type { Breach } from '@mercat/order/audit'

/** The readings of a suspect before it is a breach, because services may work meanwhile. */
export type Rereading = { rereads: number; rereadMs: number }

/** The breaches that all of several readings find. */
export async function persisting(read: () => Promise<Breach[]>, { rereads, rereadMs }: Rereading): Promise<Breach[]> {
	let found = await read()
	for (let reading = 0; reading < rereads && found.length > 0; reading++) {
		await sleep(rereadMs)
		const again = new Set((await read()).map(nameOf))
		found = found.filter((breach) => again.has(nameOf(breach)))
	}
	return found
}

const nameOf = ({ subject, finding }: Breach) => `${subject}: ${finding}`
