import { setTimeout as sleep } from 'node:timers/promises'
import { onStopSignal } from '../signals/stop-signal.ts'
import { createLoadIdentities } from './load-identities.ts'
import { describeLoad } from './load-lines.ts'
import { showLoadProgress } from './load-progress.ts'
import { runLoad } from './run-load.ts'
import { createLoadClient } from './sending/load-client.ts'
import { createTally } from './sending/load-counts.ts'

export type DemoLoadOptions = {
	/** Orders a second. */
	rate: number
	/** For how long; without it, until a signal to stop. */
	forMs?: number
	/** The URL of the order service. */
	orders: string
}

const settleMs = 2_000

/**
 * Runs `mercat demo-load`. Resolves to the exit code: 1 when the time is over and nothing was placed.
 *
 * @throws CommandError when the order service refuses the token
 */
export async function runDemoLoad({ rate, forMs, orders }: DemoLoadOptions, env: NodeJS.ProcessEnv): Promise<number> {
	const now = () => performance.now()
	const stop = new AbortController()
	onStopSignal({ first: () => stop.abort(), again: () => process.exit() })
	using client = createLoadClient(orders)
	const tally = createTally()
	using progress = showLoadProgress(tally)
	const needs = { client, ...createLoadIdentities(env, rate, now), tally, note: progress.note, now }
	const startedAt = now()
	const options = { ratePerSecond: rate, forMs: forMs ?? Number.POSITIVE_INFINITY, signal: stop.signal }
	const { unsent } = await runLoad(needs, options)
	const seconds = (now() - startedAt) / 1_000
	for (const giveUpAt = now() + settleMs; client.underWay() > 0 && now() < giveUpAt && !stop.signal.aborted; )
		await sleep(10)
	const { counts } = tally
	console.log(describeLoad({ counts, latencies: tally.allLatencies(), seconds, unsent }))
	return counts.placed === 0 && !stop.signal.aborted ? 1 : 0
}
