import type { OrderFacts } from '@mercat/order/audit'

// A running service gives positions several times in a second.
const longestWaitS = 60

/**
 * Invariant 7: every transition since the log began has one event, and their positions ascend with the versions. While a
 * service runs, no event waits long for its position.
 */
export function eventFault(
	{ history, eventsDue, events, transitionAgesS }: OrderFacts,
	serviceRuns: boolean,
): string | undefined {
	for (const [index, { to }] of history.entries()) {
		const version = index + 1
		const found = events.filter((event) => event.version === version)
		if (found.length > 1) return `version ${version} has ${found.length} events`
		if (found.length === 0 && eventsDue[index]) return `version ${version} has no event`
		const [event] = found
		if (event !== undefined && event.status !== to)
			return `version ${version} is ${to}, and its event is ${event.status}`
	}
	const late = events.find(
		({ version, position }) => position === null && (transitionAgesS[version - 1] ?? 0) > longestWaitS,
	)
	if (serviceRuns && late !== undefined) {
		return `the event of version ${late.version} has waited for its position for ${transitionAgesS[late.version - 1]} s`
	}
	const unknown = events.find(({ version }) => version < 1 || version > history.length)
	if (unknown !== undefined) return `it has an event of version ${unknown.version}, after ${history.length} transitions`
	// Events without a position come after all others.
	const positions = events.map(({ position }) => position ?? Number.POSITIVE_INFINITY)
	for (const [index, { version }] of events.entries()) {
		const [before, position] = [positions[index - 1] ?? 0, positions[index] ?? 0]
		if (position <= before && position !== Number.POSITIVE_INFINITY)
			return `version ${version} comes before version ${events[index - 1]?.version} in the log`
	}
	return undefined
}
