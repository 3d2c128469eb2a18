import type { ServicePart, ServiceStatus } from '@mercat/order-api/status-schemas'
import type { BreakerState } from './process-sample.ts'

export type KnownParts = {
	isDraining: boolean
	/** Undefined when it is not known: the check takes too long, or has failed. */
	databaseIsWritable: boolean | undefined
	catalogIsServing: boolean | undefined
	/** The state of the channel to the catalog. */
	channel: string
	breaker: BreakerState
}

/** What the order service may miss to be ready, in words. */
export const missing = {
	running: 'the service is shutting down',
	database: 'the database cannot be written',
	catalog: 'the catalog is not serving',
} as const

const noAnswer = 'no answer within a second'

/** Both services as the order service sees them. */
export function serviceStates({
	isDraining,
	databaseIsWritable,
	catalogIsServing,
	channel,
	breaker,
}: KnownParts): ServiceStatus[] {
	const orderState = databaseIsWritable ? 'up' : 'down'
	const isBreakerClosed = breaker === 'closed'
	return [
		{
			name: 'order',
			state: isDraining ? 'draining' : orderState,
			missing: [
				...(isDraining ? [missing.running] : []),
				...(databaseIsWritable ? [] : [missing.database]),
				...(catalogIsServing ? [] : [missing.catalog]),
			],
			parts: [part('database', databaseIsWritable === true, detailOf(databaseIsWritable, missing.database))],
		},
		{
			name: 'catalog',
			state: catalogIsServing ? 'up' : 'down',
			missing: [
				...(catalogIsServing ? [] : [missing.catalog]),
				...(isBreakerClosed ? [] : ['the breaker stops calls to the catalog']),
			],
			parts: [
				part('health', catalogIsServing === true, detailOf(catalogIsServing, missing.catalog)),
				// A channel without calls rests, and connects at the next one.
				part('channel', channel === 'ready' || channel === 'idle', channel),
				part('breaker', isBreakerClosed, breaker),
			],
		},
	]
}

function part(name: string, isUp: boolean, detail: string | undefined): ServicePart {
	return { name, state: isUp ? 'up' : 'down', ...(detail !== undefined && { detail }) }
}

function detailOf(isUp: boolean | undefined, whenDown: string): string | undefined {
	if (isUp === undefined) return noAnswer
	return isUp ? undefined : whenDown
}
