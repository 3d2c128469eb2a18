import { randomUUID } from 'node:crypto'
import { createAlarm } from '@mercat/service/alarm'
import { backoffMs } from '@mercat/service/backoff'
import type { Logger } from '@mercat/service/log'
import { repeat } from '@mercat/service/repeat'

/** Where the following of a source goes on. */
export type SourcePosition = {
	/** The effects of all messages up to this one are stored. Null before the first message. */
	foldedSeq: number | null
	/** The number of the latest tick block. */
	block: number
	/** The latest sequence that a round has taken. */
	applySequence: number
}

/** A source that this process has. */
export type ClaimedSource = SourcePosition & {
	name: string
	/** Names this process to the database, for this claim only. */
	owner: string
}

export type KeepSourceNeeds = {
	/** Takes a source for an owner. Undefined when another one has it. */
	claim(name: string, owner: string): Promise<SourcePosition | undefined>
	/** Keeps it for longer. Returns false when another owner has it. */
	renew(name: string, owner: string): Promise<boolean>
	/** Gives it back at once. */
	release(name: string, owner: string): Promise<unknown>
	/**
	 * Follows a source until the result is disposed of.
	 *
	 * @param lost is called when another process has the source, or when its row is not as it should be
	 * @param signal is aborted when the beginning is no longer wanted
	 */
	follow(source: ClaimedSource, lost: () => void, signal: AbortSignal): Promise<AsyncDisposable>
	log: Pick<Logger, 'error' | 'warn' | 'info'>
}

export type KeepSourceOptions = { renewMs?: number; claimMs?: number }

const firstBackoffMs = 250
const largestBackoffMs = 10_000

/**
 * Follows a source while this process has it, and tries to get it while another one has it, until the result is disposed of. A
 * process that cannot reach the database keeps its source, but can store nothing for it: whatever is stored names the owner.
 */
export function keepSource(
	{ claim, renew, release, follow, log }: KeepSourceNeeds,
	name: string,
	{ renewMs = 3_000, claimMs = 2_000 }: KeepSourceOptions = {},
): AsyncDisposable & {
	/** Whether this process follows the source now. */
	isFollowed(): boolean
} {
	const stop = new AbortController()
	const alarm = createAlarm()
	let failures = 0
	let isFollowed = false

	async function run(): Promise<void> {
		while (!stop.signal.aborted) {
			const owner = randomUUID()
			try {
				const position = await claim(name, owner)
				if (position === undefined) await alarm.wait(claimMs)
				else if (await keep({ name, owner, ...position })) await alarm.wait(claimMs)
			} catch (err) {
				if (stop.signal.aborted) return
				if (failures++ === 0) log.warn({ err, source: name }, 'a source cannot be followed; it is tried again')
				await alarm.wait(backoffMs(failures, firstBackoffMs, largestBackoffMs))
			}
		}
	}

	/** Returns whether the source was lost. */
	async function keep(source: ClaimedSource): Promise<boolean> {
		let isLost = false
		const lost = () => {
			isLost = true
			alarm.ring()
		}
		const renewing = startRenewing(source, lost)
		try {
			await using _following = await follow(source, lost, stop.signal)
			log.info({ source: name, block: source.block, seq: source.foldedSeq }, 'following a source')
			failures = 0
			isFollowed = true
			while (!isLost && !stop.signal.aborted) await alarm.wait(60_000)
		} finally {
			isFollowed = false
			await renewing[Symbol.asyncDispose]()
			// Without it, the next owner waits for the end of the lease.
			await release(name, source.owner).catch((err) => log.warn({ err, source: name }, 'a source was not given back'))
		}
		if (isLost) log.warn({ source: name }, 'another process has the source, or has changed its row')
		return isLost
	}

	// The beginning takes long when much is to be read, so the source is kept from the claim on.
	function startRenewing({ owner }: ClaimedSource, lost: () => void): AsyncDisposable {
		const run = async () => {
			// Without an answer, the source may still be ours.
			if (!(await renew(name, owner).catch(() => true))) lost()
		}
		return repeat({ name: 'keep a source', run, intervalMs: renewMs }, log)
	}

	const stopped = run()
	return {
		isFollowed: () => isFollowed,
		async [Symbol.asyncDispose]() {
			stop.abort()
			alarm.ring()
			await stopped
		},
	}
}
