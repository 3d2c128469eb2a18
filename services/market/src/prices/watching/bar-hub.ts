import { isInBars } from '../../checking/verdict.ts'
import { type Step, steps } from '../../folding/bars/bar.ts'
import type { BarTails } from '../../folding/bars/reading/bar-tails.ts'
import type { JudgedTick } from '../../folding/blocks/judged-tick.ts'
import { createBarChanges } from './bar-changes.ts'
import {
	type Block,
	type FollowBlocksNeeds,
	type FollowedBlocks,
	type FollowTimes,
	followBlocks,
	type ReadGroup,
} from './follow-blocks.ts'
import { createLateBars } from './late-bars.ts'
import { addTick, type BarWatcher, createLiveBars, type LiveBars, replaceBars } from './live-bars.ts'

/** A stream as the hub knows it. */
export type HubWatcher = BarWatcher & {
	/** The latest bars of all products were noted. */
	complete(): void
	/** Ends the stream, because the database was put back. */
	lose(): void
}

export type BarHubNeeds = Pick<FollowBlocksNeeds, 'readSourceBlocks' | 'readBlocks' | 'log'> & {
	/** The bars of the latest step of each product and of the steps that are asked for, and of which blocks they are. */
	readTails(step: Step, asked: ReadonlyMap<string, Iterable<number>>): Promise<BarTails>
	/** Tells each block that this process stores, until the result is disposed of. */
	onFolded(listener: (source: string, block: Block) => void): Disposable
}

/** The latest bars of the products that streams of this process watch. Without a stream it does nothing. */
export type BarHub = Disposable & {
	/** Notes the latest bars of products, and what changes later, until the result is disposed of. */
	watch(step: Step, skus: readonly string[], watcher: HubWatcher): Disposable
	find(step: Step, sku: string): LiveBars | undefined
	/** All that was stored until then was noted: milliseconds since 1970, by the clock of the database. */
	notedUntilMs(): number | undefined
}

const mostAtOnce = 100

export type HubTimes = FollowTimes & {
	/** After so long bars with late prices are read. */
	lateMs: number
}

const usualTimes: HubTimes = { pollMs: 2_000, pauseMs: 50, lateMs: 1_000 }

export function createBarHub(needs: BarHubNeeds, times = usualTimes): BarHub {
	const lives = new Map(steps.map((step) => [step, new Map<string, LiveBars>()]))
	/** The bars to be read, and the watchers that wait for the first bars of products. */
	const unread = new Set<LiveBars>()
	const missing = new Map<HubWatcher, number>()
	const watchers = new Set<HubWatcher>()
	const late = createLateBars(times.lateMs, readAll)
	const changes = createBarChanges()
	let notedUntilMs: number | undefined
	let followed: (FollowedBlocks & { stop: Disposable }) | undefined

	const ofStep = (step: Step) => lives.get(step) as Map<string, LiveBars>

	function add(ticks: readonly JudgedTick[]): void {
		const watched = [...lives.values()].filter((bySku) => bySku.size > 0)
		for (const tick of ticks) {
			if (!isInBars(tick.verdict)) continue
			for (const bySku of watched) {
				const live = bySku.get(tick.sku)
				if (live?.isRead !== true) continue
				changes.add(live, addTick(live, tick))
				if (live.late.size > 0) late.add(live)
			}
		}
	}

	function readAll(bars: Iterable<LiveBars>): void {
		for (const live of bars) unread.add(live)
		followed?.wake()
	}

	async function readNext(): Promise<ReadGroup | undefined> {
		const [first] = unread
		if (first === undefined) return undefined
		const { step } = first
		const next = [...unread].filter((live) => live.step === step).slice(0, mostAtOnce)
		const asked = new Map(
			next.map(({ sku, bars, late }) => [sku, new Set([...late, ...bars.map(({ beginMs }) => beginMs)])]),
		)
		for (const live of next) {
			unread.delete(live)
			live.late.clear()
		}
		try {
			const { bars, upto } = await needs.readTails(step, asked)
			const copies = next.map((live): [string, LiveBars] => {
				const copy = createLiveBars(live.sku, step)
				copy.bars = (bars.get(live.sku) ?? []).map((bar) => ({ ...bar }))
				// It keeps all of its bars.
				copy.changedSinceMs = Number.NEGATIVE_INFINITY
				return [live.sku, copy]
			})
			return { upto, lives: new Map(copies) }
		} catch (error) {
			for (const live of next) {
				for (const beginMs of asked.get(live.sku) ?? []) live.late.add(beginMs)
				if (ofStep(step).get(live.sku) === live) unread.add(live)
			}
			throw error
		}
	}

	function take({ lives: copies }: ReadGroup): void {
		for (const copy of copies.values()) {
			const live = ofStep(copy.step).get(copy.sku)
			if (live === undefined) continue
			const sinceMs = replaceBars(live, copy.bars)
			for (const beginMs of copy.late) live.late.add(beginMs)
			if (live.late.size > 0) late.add(live)
			if (live.isRead) changes.add(live, sinceMs)
			else begin(live)
		}
	}

	function begin(live: LiveBars): void {
		live.isRead = true
		for (const watcher of live.watchers as Set<HubWatcher>) noteFirst(watcher, live)
	}

	function noteFirst(watcher: HubWatcher, { sku, bars }: LiveBars): void {
		const latest = bars.at(-1)
		if (latest !== undefined) watcher.note(sku, latest.beginMs)
		const left = (missing.get(watcher) ?? 1) - 1
		missing.set(watcher, left)
		if (left === 0) watcher.complete()
		watcher.wake()
	}

	function addedUntil(atMs: number): void {
		changes.noteAll()
		if (unread.size === 0 && late.isEmpty()) notedUntilMs = atMs
	}

	function lose(): void {
		for (const bySku of lives.values()) bySku.clear()
		unread.clear()
		late.clear()
		changes.clear()
		for (const watcher of [...watchers]) watcher.lose()
	}

	function follow(): void {
		if (followed !== undefined) return
		const blocks = followBlocks({ ...needs, add, readNext, isUpToDate: take, addedUntil, lose }, times)
		followed = { ...blocks, stop: needs.onFolded(blocks.fold) }
	}

	function leave(): void {
		followed?.stop[Symbol.dispose]()
		followed?.[Symbol.dispose]()
		followed = undefined
		notedUntilMs = undefined
		late.clear()
		changes.clear()
	}

	return {
		watch(step, skus, watcher) {
			const watched = skus.map((sku) => {
				const live = ofStep(step).get(sku) ?? createLiveBars(sku, step)
				ofStep(step).set(sku, live)
				live.watchers.add(watcher)
				if (!live.isRead) unread.add(live)
				return live
			})
			watchers.add(watcher)
			missing.set(watcher, watched.length)
			for (const live of watched) if (live.isRead) noteFirst(watcher, live)
			follow()
			followed?.wake()
			return {
				[Symbol.dispose]() {
					watchers.delete(watcher)
					missing.delete(watcher)
					for (const live of watched) {
						live.watchers.delete(watcher)
						if (live.watchers.size > 0 || ofStep(step).get(live.sku) !== live) continue
						ofStep(step).delete(live.sku)
						unread.delete(live)
						late.forget(live)
						changes.forget(live)
					}
					if (watchers.size === 0) leave()
				},
			}
		},
		find: (step, sku) => ofStep(step).get(sku),
		notedUntilMs: () => notedUntilMs,
		[Symbol.dispose]: leave,
	}
}
