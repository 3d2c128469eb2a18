// The promises about feeds and held prices in plain values: no database, no locks, one operation after another. One feed,
// whose source owns the price of one product, and whose limit is 50 percent.

import { isDeepStrictEqual } from 'node:util'

export type HoldState = 'open' | 'approved' | 'rejected' | 'withdrawn'

export type ModelHold = {
	/** Known once the database has shown it. */
	id?: string
	price: number
	state: HoldState
	/** For a rejected price: whether its source has sent another one since. */
	hasLapsed: boolean
}

export type FeedModel = {
	price: number
	/** The outcomes of all runs, the first run first; null while a run goes on. */
	runs: (string | null)[]
	/** Whether the lease of the latest run keeps the feed. */
	isLeased: boolean
	holds: ModelHold[]
	/** The run whose end said that the feed is applied whole, if no import has changed anything since. */
	validatedBy: number | null
}

export type FeedOperation =
	| { kind: 'begin' }
	| { kind: 'import'; run: number; price: number }
	| { kind: 'renew'; run: number }
	| { kind: 'finish'; run: number; outcome: 'synced' | 'failed' }
	/** The lease comes to its end. */
	| { kind: 'runOut' }
	/** The shop itself sets the price. */
	| { kind: 'shop'; price: number }
	| { kind: 'decide'; holdId: string; price: number; decision: 'approved' | 'rejected' }

export function createFeedModel(price: number): FeedModel {
	return { price, runs: [], isLeased: false, holds: [], validatedBy: null }
}

/** Performs an operation, and answers in plain words. */
export function act(model: FeedModel, operation: FeedOperation): string {
	switch (operation.kind) {
		case 'begin':
			if (model.isLeased) return 'FEED_RUN_ACTIVE'
			if (model.runs.at(-1) === null) model.runs[model.runs.length - 1] = 'failed'
			model.isLeased = true
			return `run ${model.runs.push(null)}`
		case 'import':
			return renewed(model, operation.run) ? importOrForget(model, operation.price) : 'FEED_RUN_ENDED'
		case 'renew':
			return renewed(model, operation.run) ? 'renewed' : 'FEED_RUN_ENDED'
		case 'finish': {
			const { run, outcome } = operation
			const end = model.runs[run - 1]
			if (end === null) {
				model.runs[run - 1] = outcome
				model.isLeased = false
				if (outcome === 'synced') model.validatedBy = run
				return 'ended'
			}
			// A run that ended without a report has another reason than its command gives.
			return end === outcome && outcome === 'synced' ? 'endedBefore' : 'endedOtherwise'
		}
		case 'runOut':
			model.isLeased = false
			return ''
		case 'shop':
			model.price = operation.price
			for (const hold of model.holds) if (isOpen(hold) && hold.price === operation.price) hold.state = 'withdrawn'
			return ''
		case 'decide':
			return decide(model, operation)
	}
}

// A run whose lease is over goes on as long as no other run has begun.
function renewed(model: FeedModel, run: number): boolean {
	const goesOn = run === model.runs.length && model.runs.at(-1) === null
	if (goesOn) model.isLeased = true
	return goesOn
}

function importOrForget(model: FeedModel, price: number): string {
	const before = structuredClone(model)
	const answer = importPrice(model, price)
	if (!isDeepStrictEqual(model, before)) model.validatedBy = null
	return answer
}

function importPrice(model: FeedModel, price: number): string {
	const open = model.holds.find(isOpen)
	const rejected = model.holds.find(({ state, hasLapsed }) => state === 'rejected' && !hasLapsed)
	if (rejected?.price === price) {
		if (open !== undefined) open.state = 'withdrawn'
		return 'unchanged'
	}
	if (rejected !== undefined) rejected.hasLapsed = true
	if (Math.abs(price - model.price) * 2 <= model.price) {
		if (open !== undefined) open.state = 'withdrawn'
		const answer = price === model.price ? 'unchanged' : 'updated'
		model.price = price
		return answer
	}
	if (open === undefined) model.holds.push({ price, state: 'open', hasLapsed: false })
	else open.price = price
	return 'held'
}

function decide(model: FeedModel, { holdId, price, decision }: FeedOperation & { kind: 'decide' }): string {
	const hold = model.holds.find(({ id }) => id === holdId)
	if (hold === undefined) return 'unknown'
	if (hold.price !== price || !(isOpen(hold) || hold.state === decision)) return 'tooLate'
	if (!isOpen(hold)) return 'before'
	hold.state = decision
	if (decision === 'approved') model.price = price
	return 'now'
}

function isOpen({ state }: ModelHold): boolean {
	return state === 'open'
}
