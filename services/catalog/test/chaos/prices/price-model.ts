// The promises about prices in plain values: no database, no locks, one operation after another. One product, whose price the source
// "acme" owns, and whose prices may change by 50 percent at once. Time goes on in whole days.

export type HoldState = 'open' | 'approved' | 'rejected' | 'withdrawn' | 'expired'

export type ModelHold = {
	/** Known once the database has shown it. */
	id?: string
	price: number
	rule: string
	hasEnd: boolean
	state: HoldState
	/** For a rejected price: whether its source has sent another one since. */
	hasLapsed: boolean
}

export type PriceModel = {
	/** All prices that the product has had, and the day on which each began. The last one is the present one. */
	prices: { price: number; day: number }[]
	day: number
	version: number
	/** The price that the version came with, when later ones came without another version. */
	priceOfVersion: number | null
	/** The title, which nobody but a person changes. */
	edits: number
	sequence: number
	outcome: string
	limits: { floor: number; ceiling: number } | null
	holds: ModelHold[]
}

export type PriceOperation =
	| { kind: 'apply'; sequence: number; price: number; hold: 'none' | 'endless' | 'ending' }
	| { kind: 'import'; price: number }
	/** A person sends a whole product back as it was read, with another title, and maybe with another price. */
	| { kind: 'edit'; version: number; price: number }
	| { kind: 'decide'; holdId: string; price: number; decision: 'approved' | 'rejected' }
	/** The ends of all holds come. */
	| { kind: 'runOut' }
	/** The work of the background: holds that are past their end, bars of days, and old prices. */
	| { kind: 'tidy' }
	| { kind: 'limit'; limits: PriceModel['limits'] }
	| { kind: 'wait'; days: number }

export function createPriceModel(price: number): PriceModel {
	const prices = [{ price, day: 0 }]
	const nothing = { priceOfVersion: null, edits: 0, sequence: 0, outcome: '', limits: null, holds: [] }
	return { prices, day: 0, version: 1, ...nothing }
}

export const presentPrice = ({ prices }: PriceModel): number => prices.at(-1)?.price ?? 0

/** The lowest price of the 30 days before the present one began; null unless that one is lower than the one before it. */
export function lowestOf30Days({ prices }: PriceModel): number | null {
	const [present, before] = [prices.at(-1), prices.at(-2)]
	if (present === undefined || before === undefined || present.price >= before.price) return null
	// A price ends on the day on which the next one begins. What ended exactly 30 days before ended a little earlier.
	const inForce = prices.slice(0, -1).filter((_, place) => (prices[place + 1]?.day ?? 0) > present.day - 30)
	return Math.min(...inForce.map(({ price }) => price))
}

/** Performs an operation, and answers in plain words. */
export function act(model: PriceModel, operation: PriceOperation): string {
	switch (operation.kind) {
		case 'apply': {
			const { sequence, price, hold } = operation
			if (sequence < model.sequence) return `tooLate ${model.sequence}`
			if (sequence === model.sequence) return `before ${model.outcome}`
			model.sequence = sequence
			model.outcome = judge(model, price, hold)
			if (model.outcome === 'applied') {
				model.priceOfVersion ??= presentPrice(model)
				setPrice(model, price)
			}
			return `now ${model.outcome}`
		}
		case 'import': {
			const outcome = judge(model, operation.price, 'none')
			if (outcome === 'applied') write(model, operation.price)
			return outcome
		}
		case 'edit': {
			const { version, price } = operation
			if (version !== model.version) return 'ETAG_MISMATCH'
			model.edits++
			write(model, price === model.priceOfVersion ? presentPrice(model) : price)
			return 'edited'
		}
		case 'decide':
			return decide(model, operation)
		case 'runOut':
			for (const hold of model.holds) if (isOpen(hold) && hold.hasEnd) hold.state = 'expired'
			return ''
		case 'tidy':
			return ''
		case 'limit':
			model.limits = operation.limits
			return ''
		case 'wait':
			model.day += operation.days
			return ''
	}
}

function judge(model: PriceModel, price: number, asked: 'none' | 'endless' | 'ending'): string {
	const open = model.holds.find(isOpen)
	const rejected = model.holds.find(({ state, hasLapsed }) => state === 'rejected' && !hasLapsed)
	const withdraw = () => {
		if (open !== undefined) open.state = 'withdrawn'
	}
	if (rejected?.price === price) {
		withdraw()
		return 'unchanged'
	}
	if (rejected !== undefined) rejected.hasLapsed = true
	const rule = price === presentPrice(model) ? undefined : asked === 'none' ? ruleOf(model, price) : 'CALLER'
	if (rule === undefined) {
		withdraw()
		return price === presentPrice(model) ? 'unchanged' : 'applied'
	}
	const terms = { price, rule, hasEnd: asked === 'ending' }
	if (open === undefined) model.holds.push({ ...terms, state: 'open', hasLapsed: false })
	else Object.assign(open, terms)
	return 'held'
}

function ruleOf({ limits, ...model }: PriceModel, price: number): string | undefined {
	const old = presentPrice({ limits, ...model })
	if (limits !== null && price < limits.floor) return 'BELOW_FLOOR'
	if (limits !== null && price > limits.ceiling) return 'ABOVE_CEILING'
	if (Math.abs(price - old) * 2 <= old) return undefined
	return price < old ? 'PRICE_FELL' : 'PRICE_ROSE'
}

function decide(model: PriceModel, { holdId, price, decision }: PriceOperation & { kind: 'decide' }): string {
	const hold = model.holds.find(({ id }) => id === holdId)
	if (hold === undefined) return 'unknown'
	if (hold.price !== price || !(isOpen(hold) || hold.state === decision)) return 'tooLate'
	if (!isOpen(hold)) return 'before'
	hold.state = decision
	if (decision === 'approved') write(model, price)
	return 'now'
}

/** Writes a new version. A held price that the product gets in another way waits no longer. */
function write(model: PriceModel, price: number): void {
	model.version++
	model.priceOfVersion = null
	setPrice(model, price)
	for (const hold of model.holds) if (isOpen(hold) && hold.price === price) hold.state = 'withdrawn'
}

function setPrice(model: PriceModel, price: number): void {
	if (price !== presentPrice(model)) model.prices.push({ price, day: model.day })
}

const isOpen = ({ state }: ModelHold) => state === 'open'
