/** @import { Status } from '@mercat/client' */

/**
 * The curves of the last ten minutes: times in seconds since 1970, and a value for each, or null where nothing is known.
 *
 * @typedef {{ times: number[], placed: (number | null)[], refused: (number | null)[], p50: (number | null)[],
 *   p99: (number | null)[] }} Curves
 */

const keptPoints = 600
const keptRefusals = 60
/** The statuses with which a stream begins are no older. */
const recordedMs = 130_000
/** A longer silence is a gap in the curves. */
const gapS = 3

/** Keeps the statuses that the screen draws. Its memory does not grow: a new point takes the place of the oldest. */
export function createStatusHistory() {
	/** @type {Curves} */
	const curves = { times: [], placed: [], refused: [], p50: [], p99: [] }
	/** @type {Record<string, number>[]} */
	let refusals = []
	let latestAt = ''

	/**
	 * @param {number} time
	 * @param {Status} [status]
	 */
	function addPoint(time, status) {
		const { rates = null, latency = null } = status ?? {}
		append(curves.times, time)
		append(curves.placed, rates?.placed ?? null)
		append(curves.refused, rates?.refused ?? null)
		append(curves.p50, latency?.p50Ms ?? null)
		append(curves.p99, latency?.p99Ms ?? null)
	}

	return {
		curves,
		/**
		 * Adds a status, unless it is not newer than the latest one: a stream that is opened again begins with statuses that are
		 * known.
		 *
		 * @param {Status} status
		 * @returns {boolean} whether it is new
		 */
		add(status) {
			const isSetBack = Date.parse(latestAt) - Date.parse(status.at) > recordedMs
			if (status.at <= latestAt && !isSetBack) return false
			// The clock of the service was set back.
			if (isSetBack) for (const values of Object.values(curves)) values.length = 0
			const time = Date.parse(status.at) / 1000
			const before = curves.times.at(-1)
			if (before !== undefined && time - before > gapS) addPoint(before + 1)
			addPoint(time, status)
			refusals = [...refusals.slice(1 - keptRefusals), status.rates?.refusals ?? {}]
			latestAt = status.at
			return true
		},
		/**
		 * How many orders were refused in about a minute, by code, most first.
		 *
		 * @returns {[code: string, count: number][]}
		 */
		refusalsOfMinute() {
			/** @type {Map<string, number>} */
			const counts = new Map()
			for (const [code, count] of refusals.flatMap(Object.entries)) counts.set(code, (counts.get(code) ?? 0) + count)
			return [...counts].sort(([, a], [, b]) => b - a)
		},
	}
}

/**
 * @template T
 * @param {T[]} values
 * @param {T} value
 */
function append(values, value) {
	if (values.length < keptPoints) {
		values.push(value)
		return
	}
	values.copyWithin(0, 1)
	values[keptPoints - 1] = value
}
