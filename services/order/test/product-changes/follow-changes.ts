import { eventually } from '@mercat/testing/eventually'
import { expect } from 'vitest'
import { type OpenStreamOptions, openStream } from '../events/open-stream.ts'

/** A change as the stream tells it. */
export type FollowedChange = {
	sku: string
	// biome-ignore lint/suspicious/noExplicitAny: a test asks for any part of a product
	product?: any
	price?: { amountMinor: number; currency: string }
	lowestPrice30d?: object
	availableQuantity?: number
	changedAt?: string
}

export type FollowOptions = Pick<OpenStreamOptions, 'headers' | 'isPaused'> & {
	lastEventId?: string | undefined
}

/** Opens the stream of changes as a browser does. */
export async function followChanges(url: string, query = '', { lastEventId, headers, ...options }: FollowOptions = {}) {
	const stream = await openStream(url, query, {
		...options,
		path: '/v1/product-changes',
		headers: { ...headers, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) },
	})
	const events = () =>
		stream.events().map(({ id, event, data }) => {
			const { changes = [], ...rest } = JSON.parse(data ?? '') as { changes?: FollowedChange[]; asOf?: string }
			return { id, event, changes, ...rest }
		})
	const changes = () => events().flatMap((event) => event.changes)
	return {
		...stream,
		told: events,
		changes,
		/** The names of the events so far that are not `changes`, and of the first one. */
		begun: () => eventually(() => expect(events().length).toBeGreaterThan(0)),
		/** Waits for a change that has these parts. */
		until: (expected: object) =>
			eventually(() => {
				const found = changes().find((change) => fits(change, expected))
				if (found === undefined) expect(changes().at(-1)).toMatchObject(expected)
				return found as FollowedChange
			}),
	}
}

function fits(change: FollowedChange, expected: object): boolean {
	try {
		expect(change).toMatchObject(expected)
		return true
	} catch {
		return false
	}
}
