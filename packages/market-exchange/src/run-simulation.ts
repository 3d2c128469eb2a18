import { setTimeout as sleep } from 'node:timers/promises'
import type { Exchange } from './exchange.ts'
import { garbageTick } from './garbage.ts'
import type { Simulation } from './simulation.ts'

export type RunSimulationNeeds = {
	exchange: Pick<Exchange, 'publish' | 'cut'>
	simulation: Simulation
	random: () => number
	/** Milliseconds since 1970, for the ticks. */
	now?: () => number
}

export type RunSimulationOptions = {
	/** Ticks a second. */
	rate: number
	signal: AbortSignal
	/** How often a minute all connections are cut, on average. */
	cutsPerMinute?: number
	/** In the last 5 s of each half minute the rate is so many times as high. */
	burst?: number
	/** How many things that are no ticks come with a tick: a share from 0 to 1. */
	garbage?: number
	/** So many ticks are in a message at most. */
	ticksPerMessage?: number
	/** Things to do at a time after the beginning. */
	plan?: readonly { afterMs: number; act(): void }[]
}

const turnMs = 10
// A process that has stood still does not send all at once what it has missed.
const longestTurnMs = 1_000
const burstEveryMs = 30_000
const burstMs = 5_000

/** Publishes the moves of a simulation at a steady rate, until the signal comes. It begins with every price. */
export async function runSimulation(
	{ exchange, simulation, random, now = Date.now }: RunSimulationNeeds,
	{ rate, signal, cutsPerMinute = 0, burst = 1, garbage = 0, ticksPerMessage = 50, plan = [] }: RunSimulationOptions,
): Promise<void> {
	const opening = simulation.all(now())
	for (let from = 0; from < opening.length; from += ticksPerMessage) {
		exchange.publish(opening.slice(from, from + ticksPerMessage))
	}
	const garbageFor = (count: number) =>
		garbage === 0 ? [] : Array.from({ length: count }).flatMap(() => (random() < garbage ? [garbageTick(random)] : []))
	const planned = [...plan].sort((one, other) => one.afterMs - other.afterMs)
	const startedAt = performance.now()
	let turnedAt = startedAt
	let due = 0
	while (!signal.aborted) {
		await sleep(turnMs, undefined, { signal }).catch(() => {})
		if (signal.aborted) return
		const at = performance.now()
		const elapsedMs = Math.min(at - turnedAt, longestTurnMs)
		turnedAt = at
		while (planned[0] !== undefined && planned[0].afterMs <= at - startedAt) planned.shift()?.act()
		const isBurst = (at - startedAt) % burstEveryMs >= burstEveryMs - burstMs
		due += (elapsedMs / 1_000) * rate * (isBurst ? burst : 1)
		while (due >= 1) {
			const count = Math.min(Math.floor(due), ticksPerMessage)
			due -= count
			exchange.publish(simulation.next(count, now()), garbageFor(count))
		}
		if (random() < (cutsPerMinute * elapsedMs) / 60_000) exchange.cut()
	}
}
