import type { Database } from '@mercat/database/database'
import type { Logger } from '@mercat/service/log'
import { applyRounds } from './applying/apply-rounds.ts'
import { countPrices, showWaiting } from './applying/applying-instruments.ts'
import { createOthersSkus } from './applying/others-skus.ts'
import type { PriceSources } from './applying/price-sources.ts'
import { readStart } from './applying/read-start.ts'
import { createRoundStore } from './applying/round-store.ts'
import { settlePrices } from './applying/settle-prices.ts'
import type { createPricesClient } from './catalog/prices-client.ts'
import { decisionsOf } from './folding/blocks/decisions.ts'
import type { JudgedTick } from './folding/blocks/judged-tick.ts'
import type { OpenHolds } from './holds/open-holds.ts'
import type { Folding } from './open-folding.ts'
import type { Follow } from './open-sources.ts'
import type { ProductBook } from './products/product-book.ts'
import type { SourceSettings } from './settings/source-settings.ts'
import type { ClaimedSource } from './sources/keep-source.ts'
import { startRoundSpan } from './telemetry/pipeline-spans.ts'

export type PipelineNeeds = {
	database: Database
	prices: ReturnType<typeof createPricesClient>
	products: ProductBook
	holds: OpenHolds
	priceSources: Pick<PriceSources, 'note'>
	/** Connects to a source. */
	follow: Follow
	folding: Pick<Folding, 'follow' | 'readBlocks'>
	log: Logger
}

// Of one transaction.
const gathering = { mostTicks: 2_000, gatherMs: 20 }

/**
 * Opens the way of the ticks of one source: from its socket through the checks into blocks and bars, and from there to the
 * catalog. What is closed first has no more to tell.
 */
export async function openPipeline(
	{ database, prices, products, holds, priceSources, follow, folding, log }: PipelineNeeds,
	settings: SourceSettings,
	claimed: ClaimedSource,
	lost: () => void,
	signal: AbortSignal,
): Promise<AsyncDisposable> {
	await using opened = new AsyncDisposableStack()
	const source = settings.name
	const sourceLog = log.child({ source })
	await unlessAborted(products.loaded, signal)

	const others = createOthersSkus()
	const roundStore = createRoundStore(database, { source, owner: claimed.owner })
	async function* readBlocks(after: number) {
		for await (const { block, ticks } of folding.readBlocks(source, after))
			yield { block, decisions: decisionsOf(ticks) }
	}
	const start = await readStart({ findRound: roundStore.findRound, readBlocks, log: sourceLog }, claimed)
	const rounds = opened.use(
		applyRounds(
			{
				storeRound: roundStore.storeRound,
				send: (sequence, calls, options) => prices.applyPrices(source, sequence, calls, options),
				startSpan: (blocks, count) => startRoundSpan(source, blocks, count),
				settled: settlePrices(source, {
					isOthers: others.note,
					isOwn: (sku) => priceSources.note(sku, source),
					held: holds.note,
					notHeld: (sku) => holds.forget(sku, source),
				}),
				refused: (count) => countPrices(source, 'invalid', count),
				lost,
				log: sourceLog,
			},
			start,
		),
	)
	opened.use(showWaiting(source, rounds.waiting))

	function hear(ticks: readonly JudgedTick[]): void {
		for (const { sku, currency, amountMinor, verdict } of ticks) {
			const { kind } = verdict
			const isOpinion = kind === 'accept' || kind === 'hold' || (kind === 'refuse' && verdict.rule === 'OTHER_SOURCE')
			if (isOpinion) holds.hear(source, sku, currency, amountMinor)
		}
	}

	await using opening = new AsyncDisposableStack()
	const socket = opening.use(follow(settings, claimed.foldedSeq ?? undefined))
	opened.use(
		await folding.follow({
			...claimed,
			settings,
			take: () => socket.take(gathering),
			productOf: products.find,
			isOthers: others.has,
			folded({ block, ticks, trace }) {
				rounds.take(block, decisionsOf(ticks), trace)
				hear(ticks)
			},
			lost,
		}),
	)
	// The folding waits for messages until the socket is closed, so that is closed first.
	opened.use(opening.move())
	return opened.move()
}

/** @throws the reason of the signal when it is aborted first */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	signal.throwIfAborted()
	return new Promise((resolve, reject) => {
		const abort = () => reject(signal.reason)
		signal.addEventListener('abort', abort, { once: true })
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
	})
}
