import { setTimeout as sleep } from 'node:timers/promises'
import { createAlarm } from '@mercat/service/alarm'
import { backoffMs } from '@mercat/service/backoff'
import type { TraceContext } from '@mercat/service/tracing'
import { noSpan } from '../telemetry/pipeline-spans.ts'
import type { ApplyRoundsNeeds } from './apply-rounds-needs.ts'
import type { CallAnswer } from './call-answer.ts'
import type { Decision } from './decision.ts'
import type { ApplyRoundsStart } from './read-start.ts'
import { type CallPrices, isWithin, lastSequenceOf, type Round, restOf, toCalls } from './round.ts'

export type ApplyRoundsOptions = {
	/** The least time from one round to the next. More prices meet in a round, and the catalog has less to do. */
	leastRoundMs?: number
	/** After this time a round that the catalog does not take makes way for one that has the newer prices, too. */
	replaceAfterMs?: number
	/** The wait after the first of several failures in a row. It doubles with each. */
	firstBackoffMs?: number
}

export type ApplyRounds = AsyncDisposable & {
	/** Takes what was decided in the next block, once the block is stored. */
	take(block: number, decisions: Iterable<Decision>, trace?: TraceContext): void
	/** How many prices the catalog is still to get. */
	waiting(): number
}

const largestBackoffMs = 5_000
// A span has no more links.
const mostBlocks = 256
// The alarm rings when there is something to do.
const longestWaitMs = 60_000

type Invalid = Extract<CallAnswer, { kind: 'invalid' }>

/**
 * Sends the prices of a source to the catalog, in rounds, until it is disposed of. A round is stored before it is sent, and the
 * next one only when the catalog has all of it: after a kill the stored round is sent again with the same sequences, and what was
 * decided since is read from the blocks. So each price counts once and in order, and no price is lost. While the catalog stalls,
 * only the newest prices wait.
 */
export function applyRounds(
	{ storeRound, send, startSpan, settled, refused, lost, log }: ApplyRoundsNeeds,
	start: ApplyRoundsStart,
	{ leastRoundMs = 50, replaceAfterMs = 300_000, firstBackoffMs = 100 }: ApplyRoundsOptions = {},
): ApplyRounds {
	const { pending } = start
	let { applySequence, uptoBlock } = start
	const stop = new AbortController()
	const alarm = createAlarm()
	let failures = 0
	// What is left of the round, and since when it is on its way.
	let round: Round | undefined = start.round
	let roundSince = performance.now() - (start.round?.ageMs ?? 0)
	// Its prices, and before that those of the round that is being stored.
	let unsent: readonly CallPrices[] = start.round?.calls ?? []
	// The blocks whose prices are in no round yet, and the span of the round.
	let blocks: TraceContext[] = []
	let span = startSpan([], 0)
	// Then a process before may have sent any of its calls.
	let isRestored = round !== undefined

	async function run(): Promise<void> {
		while (!stop.signal.aborted) {
			try {
				if (round !== undefined) await sendNext(round)
				else if (pending.size() > 0) await beginRound()
				else await alarm.wait(longestWaitMs)
			} catch (error) {
				await failed(error)
				replaceOldRound()
			}
		}
		// The process that has the source next sends what is left of the round.
		endSpan('not applied')
	}

	async function beginRound(): Promise<void> {
		const early = roundSince + leastRoundMs - performance.now()
		if (early > 0) await pause(early)
		else {
			span = startSpan(blocks, pending.size())
			blocks = []
			await store(toCalls(pending.take()), uptoBlock)
		}
	}

	/** Stores a round, and repeats it as it is until it is known to be stored. */
	async function store(calls: readonly CallPrices[], upto: number, above = applySequence): Promise<void> {
		unsent = calls
		const wanted = { calls, uptoBlock: upto, previousSequence: applySequence, above, trace: span.trace }
		while (!stop.signal.aborted) {
			try {
				const firstSequence = await storeRound(wanted)
				if (firstSequence === undefined) return giveUp()
				round = { firstSequence, calls, uptoBlock: upto }
				applySequence = lastSequenceOf(round)
				isRestored = false
				roundSince = performance.now()
				return
			} catch (error) {
				await failed(error)
			}
		}
	}

	async function sendNext(current: Round): Promise<void> {
		const [prices, ...others] = current.calls as [CallPrices, ...CallPrices[]]
		const answer = await send(current.firstSequence, prices, { signal: stop.signal, trace: span.trace })
		if (failures > 0) log.info({ failures }, 'prices are applied again')
		failures = 0
		if (answer.kind === 'invalid') await leaveOut(current, answer)
		else if (answer.kind === 'later' && !(isRestored && isWithin(current, answer.lastSequence))) {
			// This database was put back to an earlier state, or somebody else applies prices under the name of the source. Or
			// another process has the source, and then no round is stored.
			const facts = { sequence: current.firstSequence, lastSequence: answer.lastSequence }
			log.warn(facts, 'the catalog has other prices with this sequence or a later one; prices go on after it')
			await store([prices, ...others], current.uptoBlock, answer.lastSequence)
		} else {
			if (answer.kind === 'applied') settled(prices, answer.outcomes)
			goOnWith(restOf(current))
		}
	}

	/** Goes on without the prices that the catalog never takes: they would hold up all others. */
	async function leaveOut({ firstSequence, calls, uptoBlock: upto }: Round, { valid, detail }: Invalid): Promise<void> {
		const [prices, ...others] = calls as [CallPrices, ...CallPrices[]]
		const count = prices.length - valid.length
		const facts = { sequence: firstSequence, count, detail }
		log.warn(facts, 'the catalog takes some prices in no call, so they are left out')
		refused(count)
		const left = [valid, ...others].filter(({ length }) => length > 0)
		if (left.length === 0) goOnWith(undefined)
		else await store(left, upto)
	}

	/** Blocks are kept for a time only, and what was decided since the stored round must be there after a kill. */
	function replaceOldRound(): void {
		if (round === undefined || pending.size() === 0 || performance.now() - roundSince < replaceAfterMs) return
		pending.addEarlier(round.calls.flat())
		goOnWith(undefined, 'replaced')
	}

	function goOnWith(next: Round | undefined, errorType?: string): void {
		round = next
		unsent = next?.calls ?? []
		if (next === undefined) endSpan(errorType)
	}

	function endSpan(errorType?: string): void {
		span.end(errorType)
		span = noSpan
	}

	async function failed(error: unknown): Promise<void> {
		if (stop.signal.aborted) return
		// The first of several in a row is enough.
		if (failures++ === 0) log.warn({ err: error }, 'prices cannot be applied; they are sent again')
		await pause(backoffMs(failures, firstBackoffMs, largestBackoffMs))
	}

	async function pause(ms: number): Promise<void> {
		await sleep(ms, undefined, { signal: stop.signal }).catch(() => {})
	}

	function giveUp(): void {
		stop.abort()
		lost()
	}

	const stopped = run()
	return {
		take(block, decisions, trace) {
			const count = pending.add(decisions)
			uptoBlock = block
			if (trace !== undefined && count > 0 && blocks.length < mostBlocks) blocks.push(trace)
			alarm.ring()
		},
		waiting: () => unsent.reduce((sum, { length }) => sum + length, pending.size()),
		async [Symbol.asyncDispose]() {
			stop.abort()
			alarm.ring()
			await stopped
		},
	}
}
