/** @import { History, Order, OrderEvents, Reservation } from '@mercat/client' */
import { request } from '../../api/request.js'
import { useLoad } from '../../api/use-load.js'
import { useRepeat } from '../../api/use-repeat.js'

const everyMs = 2_000

/**
 * All that the service knows of an order, each part loaded by itself: a part that fails leaves the others on the screen.
 * They are read again every two seconds, because deliveries and staff elsewhere change them.
 *
 * @param {string} id
 */
export function useOrderFile(id) {
	const path = `/v1/orders/${encodeURIComponent(id)}`
	const order = useLoad(
		async (signal) => {
			const { body, headers } = await request('GET', path, { signal })
			return { order: /** @type {Order} */ (body), etag: headers.get('etag') ?? '' }
		},
		[id],
	)
	const history = useLoad(
		async (signal) =>
			/** @type {History['history']} */ ((await request('GET', `${path}/history`, { signal })).body.history),
		[id],
	)
	const events = useLoad(
		async (signal) => /** @type {OrderEvents} */ ((await request('GET', `${path}/events`, { signal })).body),
		[id],
	)
	const reservation = useLoad(
		async (signal) =>
			/** @type {Reservation | null} */ ((await request('GET', `${path}/reservation`, { signal })).body.reservation),
		[id],
	)
	const parts = [order, history, events, reservation]
	const reload = () => {
		for (const part of parts) part.reload()
	}
	const isThere = order.value !== undefined
	useRepeat(() => {
		if (isThere && !parts.some(({ isLoading }) => isLoading)) reload()
	}, everyMs)
	return { order, history, events, reservation, reload }
}
