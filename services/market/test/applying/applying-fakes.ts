import { setImmediate as turn } from 'node:timers/promises'
import type { ApplyRoundsNeeds } from '../../src/applying/apply-rounds-needs.ts'
import type { CallAnswer } from '../../src/applying/call-answer.ts'
import type { Decision } from '../../src/applying/decision.ts'
import type { StoredRound } from '../../src/applying/read-start.ts'
import type { CallPrices, Round } from '../../src/applying/round.ts'

/** The part of the catalog that takes prices of one source. */
export function createCatalogModel() {
	let sequence = 0
	let latest: { skus: string[] } = { skus: [] }
	/** All prices that a product has had, the newest last. */
	const prices = new Map<string, number[]>()
	const holds = new Map<string, number>()
	return {
		prices,
		holds,
		apply(asked: number, decisions: CallPrices): CallAnswer {
			const skus = decisions.map(({ sku }) => sku)
			if (sequence > asked) return { kind: 'later', lastSequence: sequence }
			const outcomes = decisions.map(() => ({ result: 'applied' as const, holdId: '' }))
			if (sequence === asked) {
				const isSame = latest.skus.join() === skus.join()
				return isSame ? { kind: 'applied', outcomes } : { kind: 'later', lastSequence: sequence }
			}
			sequence = asked
			latest = { skus }
			for (const { sku, amountMinor, hold } of decisions) {
				if (hold !== undefined) holds.set(sku, amountMinor)
				else {
					holds.delete(sku)
					const had = prices.get(sku) ?? []
					if (had.at(-1) !== amountMinor) prices.set(sku, [...had, amountMinor])
				}
			}
			return { kind: 'applied', outcomes }
		},
		/** Somebody else applies prices under the name of the source. */
		interfere(sequences: number) {
			sequence += sequences
			latest = { skus: ['another'] }
		},
	}
}

/** The rows of one source. */
export function createSourceModel() {
	const blocks: Decision[][] = []
	const row = { owner: 0, applySequence: 0 }
	let round: StoredRound | undefined
	return {
		blocks,
		/** Takes the source for a new owner. */
		claim() {
			row.owner++
			return { owner: row.owner, block: blocks.length, applySequence: row.applySequence }
		},
		fold(decisions: Decision[]): number {
			return blocks.push(decisions)
		},
		findRound: async () => round,
		async *readBlocks(after: number) {
			for (const [index, decisions] of blocks.entries()) {
				if (index >= after) yield { block: index + 1, decisions }
			}
		},
		storeRound(owner: number, wanted: Parameters<ApplyRoundsNeeds['storeRound']>[0]): number | undefined {
			if (row.owner !== owner) return undefined
			if (row.applySequence !== wanted.previousSequence) return isSame(round, wanted) ? round?.firstSequence : undefined
			const firstSequence = Math.max(row.applySequence, wanted.above) + 1
			row.applySequence = firstSequence + wanted.calls.length - 1
			// As the text of the database would have it.
			round = { ...(JSON.parse(JSON.stringify(wanted)) as typeof wanted), firstSequence, ageMs: 0 }
			return firstSequence
		},
	}
}

function isSame(stored: Round | undefined, { calls, uptoBlock }: Pick<Round, 'calls' | 'uptoBlock'>): boolean {
	return stored?.uptoBlock === uptoBlock && JSON.stringify(stored.calls) === JSON.stringify(calls)
}

/** Has work fail at random: before it, after it, or with the work done at some later time. */
export function createFaults(random: () => number) {
	const late: (() => unknown)[] = []
	let isOver = false
	return {
		async run<T>(work: () => T): Promise<T> {
			for (let turns = Math.floor(random() * 4); turns > 0; turns--) await turn()
			const fate = isOver ? 1 : random()
			if (fate < 0.1) throw new Error('never arrived')
			if (fate < 0.2) {
				late.push(work)
				throw new Error('arrives later')
			}
			const result = work()
			await turn()
			if (fate < 0.3) throw new Error('the answer was lost')
			return result
		},
		/** Does some of the work that is late. */
		arrive() {
			while (late.length > 0 && random() < 0.5) late.splice(Math.floor(random() * late.length), 1)[0]?.()
		},
		/** From now on nothing fails, and nothing is late. */
		end() {
			isOver = true
			for (const work of late.splice(0)) work()
		},
	}
}
