import { Gauge } from '@mercat/service/metrics'

const breakerStates = ['closed', 'half_open', 'open'] as const

export type BreakerState = (typeof breakerStates)[number]

// A gauge for each state, and not a number for the state: `avg_over_time(…{state="open"}[5m])` is the share of the time that
// the breaker was open, and the sum over processes is the number of open breakers.
const breaker = new Gauge({
	name: 'mercat_breaker_state',
	help: 'Whether the breaker of the calls to the catalog is in a state (1) or not (0)',
	labelNames: ['state'],
})

export function breakerIs(current: BreakerState): void {
	for (const state of breakerStates) breaker.set({ state }, state === current ? 1 : 0)
}

const channelStates = ['idle', 'connecting', 'ready', 'transient_failure', 'shutdown']

let channelState: (() => string) | undefined

new Gauge({
	name: 'mercat_catalog_channel_state',
	help: 'Whether the channel to the catalog is in a state (1) or not (0)',
	labelNames: ['state'],
	collect() {
		const current = channelState?.()
		for (const state of channelStates) this.set({ state }, state === current ? 1 : 0)
	},
})

/** From now on the metrics show the state of this channel. */
export function showChannel(state: () => string): void {
	channelState = state
}
