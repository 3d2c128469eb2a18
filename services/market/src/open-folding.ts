import type { Database } from '@mercat/database/database'
import type { Budget } from '@mercat/service/budget'
import type { Logger } from '@mercat/service/log'
import { repeat } from '@mercat/service/repeat'
import type { CheckSettings, KnownProduct } from './checking/check-settings.ts'
import { createPriceChecks } from './checking/price-checks.ts'
import type { Step } from './folding/bars/bar.ts'
import { type BarFolder, openBarFolder } from './folding/bars/bar-folder.ts'
import { createBarReadStore } from './folding/bars/bar-read-store.ts'
import { createBarStore } from './folding/bars/bar-store.ts'
import { createLatestPriceStore } from './folding/bars/latest-price-store.ts'
import { createReadBars } from './folding/bars/read-bars.ts'
import { createBarTailStore } from './folding/bars/reading/bar-tail-store.ts'
import type { BarTails } from './folding/bars/reading/bar-tails.ts'
import { createLastBarStore } from './folding/bars/reading/last-bar-store.ts'
import { createReadBarPage, type ReadBarPage } from './folding/bars/reading/read-bar-page.ts'
import { createReadLatestPrice, type ReadLatestPrice } from './folding/bars/reading/read-latest-price.ts'
import { rollUpBars } from './folding/bars/roll-up.ts'
import { createRollUpStore } from './folding/bars/roll-up-store.ts'
import { createTickBlockStore, type TickBlock } from './folding/blocks/tick-block-store.ts'
import { type FoldedBlock, foldSource } from './folding/fold-source.ts'
import { countTicks, observeFoldLag, showOpenBars } from './folding/folding-instruments.ts'
import { warmUp } from './folding/warm-up.ts'
import { keepPartitions } from './partitions/keep-partitions.ts'
import { createPartitionStore } from './partitions/partition-store.ts'
import type { Retention } from './settings/retention.ts'
import { startBlockSpan } from './telemetry/pipeline-spans.ts'
import type { SourceMessage } from './ticks/source-message.ts'

export type FoldingOptions = {
	retention: Retention
	/** The largest age that a source allows its ticks. */
	maxAgeS: number
	/** Milliseconds since 1970. */
	now?(): number
}

/** A source that this process has, and what its ticks are judged by. */
export type FollowedTicks = {
	name: string
	/** Names this process to the database, for this claim only. */
	owner: string
	/** The number of the latest block. */
	block: number
	settings: CheckSettings
	/** The next messages, in their order: at least one, and none when no more will come. */
	take(): Promise<readonly SourceMessage[]>
	productOf(sku: string): KnownProduct | undefined
	isOthers(sku: string): boolean
	/** Is told of each block, in their order, once it is stored. */
	folded(block: FoldedBlock): void
	/** Is called when another process has the source. */
	lost(): void
}

export type Folding = AsyncDisposable & {
	/** Judges and stores the ticks of a source until the result is disposed of. */
	follow(source: FollowedTicks): Promise<AsyncDisposable>
	/** The stored blocks of a source after one, the oldest first. */
	readBlocks(source: string, after: number): AsyncIterable<TickBlock>
	readBarPage: ReadBarPage
	/** Whether a product has bars. */
	hasBars(sku: string, budget?: Budget): Promise<boolean>
	readLatestPrice: ReadLatestPrice
	/** The bars of the latest step of each product and of the steps that are asked for, and of which blocks they are. */
	readTails(step: Step, asked: ReadonlyMap<string, Iterable<number>>): Promise<BarTails>
	/** Tells each block that this process stores, until the result is disposed of. */
	onFolded(listener: FoldedListener): Disposable
}

/** Is told of the blocks of a source in their order. */
export type FoldedListener = (source: string, block: FoldedBlock) => void

// Each time, the bars of the second that is not over are stored, and again the next time. With 2 s they took 1.4 times the work.
const storeBarsMs = 4_000
const rollUpMs = 5_000
const partitionsMs = 30_000

/** Keeps ticks and bars in the database: their partitions, the bars of larger steps, and the ticks of the sources that are followed. */
export async function openFolding(
	database: Database,
	log: Logger,
	{ retention, maxAgeS, now = Date.now }: FoldingOptions,
): Promise<Folding> {
	await using opened = new AsyncDisposableStack()
	const blocks = createTickBlockStore(database)
	const bars = createBarStore(database)
	const prices = createLatestPriceStore(database)
	const followed = new Map<string, BarFolder>()
	const listeners = new Set<FoldedListener>()

	const openBars = (source: string) =>
		openBarFolder({
			findFold: () => bars.findFold(source),
			store: (...part) => bars.store(source, ...part),
			readBlocks: (after) => blocks.readAfter(source, after),
			keptSinceMs: () => now() - retention['1s'],
		})

	const rollUp = rollUpBars({ ...createRollUpStore(database), now })
	const keep = keepPartitions({
		...createPartitionStore(database),
		foldBars: async (source) => (await openBars(source)).store(),
		rollUp,
		retention,
		oldestTickMs: maxAgeS * 1_000,
		now,
	})
	await keep()
	opened.use(repeat({ name: 'keep partitions', run: keep, intervalMs: partitionsMs }, log))
	opened.use(repeat({ name: 'roll up bars', run: rollUp, intervalMs: rollUpMs }, log))

	async function follow({ name, owner, settings, productOf, isOthers, folded, ...source }: FollowedTicks) {
		await using following = new AsyncDisposableStack()
		const checks = createPriceChecks({ settings, productOf, isOthers })
		const readLatest = (leastTicks: number) => blocks.readLatest(name, leastTicks)
		await warmUp({ readLatest, readPrices: prices.readPrices, checks, now }, { maxAgeMs: settings.maxAgeS * 1_000 })
		const open = await openBars(name)
		followed.set(name, open)
		following.defer(() => {
			followed.delete(name)
		})
		following.use(showOpenBars(name, open.size))
		// The last bars, once no more ticks come. The next process stores them where this one cannot.
		following.defer(() =>
			open.store().catch((err) => log.warn({ err, source: name }, 'the last bars are stored later')),
		)
		following.use(repeat({ name: 'store bars', run: open.store, intervalMs: storeBarsMs }, log))
		following.use(
			foldSource(
				{
					...source,
					judge: (tick, isRepeated) => checks.judge(tick, now(), isRepeated),
					append: ({ foldedSeq, ...block }) =>
						blocks.append({ ...block, source: name, owner, foldedSeq, begunAtMs: now() }),
					startSpan: (block, messages) => startBlockSpan(name, block, messages),
					bars: open,
					folded(block) {
						countTicks(name, block.ticks)
						const cameAt = block.ticks[0]?.cameAt
						if (cameAt !== undefined) observeFoldLag(name, performance.now() - cameAt)
						folded(block)
						for (const listener of listeners) listener(name, block)
					},
					log,
				},
				{ block: source.block },
			),
		)
		return following.move()
	}

	const openBarsOf = (sku: string) =>
		[...followed].flatMap(([source, open]) => open.ofSku(sku).map((part) => ({ ...part, source })))
	const barReads = createBarReadStore(database)
	const readBars = createReadBars({ ...barReads, openBars: openBarsOf })
	const tails = createBarTailStore(database)

	const resources = opened.move()
	return {
		follow,
		readBlocks: blocks.readAfter,
		readBarPage: createReadBarPage({ readBars, findBegin: barReads.findBegin }),
		hasBars: async (sku, budget) => openBarsOf(sku).length > 0 || barReads.hasBars(sku, budget),
		readLatestPrice: createReadLatestPrice({ ...createLastBarStore(database), openBars: openBarsOf }),
		readTails: (step, asked) =>
			tails.readTails(step, asked, {
				bars: new Map([...asked.keys()].map((sku) => [sku, openBarsOf(sku)])),
				upto: new Map([...followed].map(([source, open]) => [source, open.last()])),
			}),
		onFolded(listener) {
			listeners.add(listener)
			return { [Symbol.dispose]: () => void listeners.delete(listener) }
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}
