/**
 * @typedef {{ position: string, time: string }} LoggedEvent
 *
 * @typedef PositionAtNeeds
 * @property {() => Promise<string>} lastPosition the end of the log
 * @property {(position: string | undefined) => Promise<LoggedEvent | undefined>} eventAfter the first event after a
 * position, or the first one that is left
 */

// An event gets its position a moment after its transition, so its time can be a little before that of its neighbour.
const marginMs = 60_000

/**
 * The position after which all events since a time follow, and up to a minute of earlier ones. It asks for about as many
 * events as the number of positions has bits.
 *
 * @param {Date} time
 * @param {PositionAtNeeds} needs
 * @returns {Promise<string | undefined>} undefined when the log has no event since then
 */
export async function positionAt(time, { lastPosition, eventAfter }) {
	const since = time.getTime() - marginMs
	/** @param {LoggedEvent} event */
	const isBefore = (event) => Date.parse(event.time) < since

	const first = await eventAfter(undefined)
	if (first === undefined) return undefined
	if (!isBefore(first)) return String(Number(first.position) - 1)

	// The event at `before` is too early; no event after `until` is, or there is none.
	let before = Number(first.position)
	const last = Number(await lastPosition())
	let until = last
	while (before < until) {
		const middle = Math.floor((before + until) / 2)
		const event = await eventAfter(String(middle))
		if (event !== undefined && isBefore(event)) before = Number(event.position)
		else until = middle
	}
	return before === last ? undefined : String(before)
}
