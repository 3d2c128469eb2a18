import type { Status } from '@mercat/order-api/status-schemas'
import { eventually } from '@mercat/testing/eventually'
import { expect } from 'vitest'
import { type OpenStreamOptions, openStream } from '../events/open-stream.ts'

export type FollowedStatus = Awaited<ReturnType<typeof followStatus>>

/** Opens the stream of statuses. */
export async function followStatus(url: string, options: Omit<OpenStreamOptions, 'path'>) {
	const stream = await openStream(url, '', { ...options, path: '/v1/status/stream' })
	const statuses = () => stream.events().map(({ data }) => JSON.parse(data ?? '') as Status)
	return {
		...stream,
		statuses,
		/** Waits for a status, after the ones that came before, that has these parts. */
		async until(expected: object, timeout?: number): Promise<Status> {
			const before = statuses().length
			return eventually(
				() => {
					const later = statuses().slice(before)
					const found = later.find((status) => fits(status, expected))
					if (found === undefined) expect(later.at(-1)).toMatchObject(expected)
					return found as Status
				},
				{ timeout },
			)
		},
	}
}

function fits(status: Status, expected: object): boolean {
	try {
		expect(status).toMatchObject(expected)
		return true
	} catch {
		return false
	}
}

/** A service of a status. */
export function serviceOf({ services }: Status, name: 'order' | 'catalog') {
	return services.find((service) => service.name === name)
}
