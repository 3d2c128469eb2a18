// The promises of the inventory as plain maps: no database, no locks, one operation after another.

type State = 'held' | 'committed' | 'released' | 'expired'

export type Lines = Record<string, number>

export type StockModel = {
	levels: Map<string, { onHand: number; held: number }>
	/** `runOut` marks a hold that is past its end and not swept yet. */
	reservations: Map<string, { state: State; lines: Lines; runOut: boolean }>
	/** The changes of stock so far, by sku, kind and request id. */
	changes: Set<string>
}

export function createStockModel(skus: string[]): StockModel {
	return {
		levels: new Map(skus.map((sku) => [sku, { onHand: 0, held: 0 }])),
		reservations: new Map(),
		changes: new Set(),
	}
}

/** `held`, `committed`, or the reason of the refusal with the available quantities of the skus at fault. */
export function reserve(model: StockModel, orderId: string, lines: Lines, createOnly = false): string {
	const earlier = model.reservations.get(orderId)
	if (createOnly && earlier !== undefined) return 'RESERVATION_EXISTS'
	if (earlier?.state === 'released') return 'RESERVATION_RELEASED'
	if (earlier?.state === 'held' || earlier?.state === 'committed') {
		const [asked, there] = [entries(lines), entries(earlier.lines)]
		if (String(asked) !== String(there)) return 'RESERVATION_MISMATCH'
		if (earlier.state === 'held') earlier.runOut = false
		return earlier.state
	}
	const short = entries(lines).filter(([sku, quantity]) => available(model, sku) < quantity)
	if (short.length > 0) return `OUT_OF_STOCK ${short.map(([sku]) => `${sku}:${available(model, sku)}`)}`
	model.reservations.set(orderId, { state: 'held', lines, runOut: false })
	move(model, lines, { held: +1 })
	return 'held'
}

/** Empty when the stock is sold, otherwise the reason of the refusal. */
export function commit(model: StockModel, orderId: string): string {
	const reservation = model.reservations.get(orderId)
	if (reservation === undefined) return 'RESERVATION_NOT_FOUND'
	const { state, lines } = reservation
	if (state === 'committed') return ''
	if (state === 'released') return 'RESERVATION_RELEASED'
	if (state === 'expired' && entries(lines).some(([sku, quantity]) => available(model, sku) < quantity))
		return 'OUT_OF_STOCK'
	move(model, lines, { onHand: -1, held: state === 'held' ? -1 : 0 })
	model.reservations.set(orderId, { state: 'committed', lines, runOut: false })
	return ''
}

/** The state before; empty when the order was unknown or released already. */
export function release(model: StockModel, orderId: string): '' | State {
	const { state, lines } = model.reservations.get(orderId) ?? { lines: {} }
	if (state === 'released') return ''
	if (state === 'held') move(model, lines, { held: -1 })
	if (state === 'committed') move(model, lines, { onHand: +1 })
	model.reservations.set(orderId, { state: 'released', lines, runOut: false })
	return state ?? ''
}

/** Lets time pass until the end of a hold. */
export function runOut(model: StockModel, orderId: string): void {
	const reservation = model.reservations.get(orderId)
	if (reservation?.state === 'held') reservation.runOut = true
}

export function sweepable(model: StockModel): string[] {
	return [...model.reservations].filter(([, { runOut }]) => runOut).map(([orderId]) => orderId)
}

export function sweep(model: StockModel, orderIds = sweepable(model)): number {
	for (const orderId of orderIds) {
		const { lines = {} } = model.reservations.get(orderId) ?? {}
		move(model, lines, { held: -1 })
		model.reservations.set(orderId, { state: 'expired', lines, runOut: false })
	}
	return orderIds.length
}

export type StockChange = { kind: 'set' | 'adjust'; sku: string; amount: number; requestId: string }

/** The quantities on hand and held afterwards, or the reason why nothing changed. */
export function change(model: StockModel, { kind, sku, amount, requestId }: StockChange): string {
	const level = model.levels.get(sku)
	if (level === undefined) return 'PRODUCT_NOT_FOUND'
	const made = `${sku} ${kind} ${requestId}`
	if (!model.changes.has(made)) {
		const onHand = kind === 'set' ? amount : level.onHand + amount
		if (onHand < level.held) return 'STOCK_HELD'
		level.onHand = onHand
		if (requestId !== '') model.changes.add(made)
	}
	return `${level.onHand} on hand, ${level.held} held`
}

/** The stock as the database shows it. The ledger adds up to the quantity on hand. */
export function visibleStock({ levels, reservations }: StockModel) {
	return {
		levels: [...levels].map(([sku, level]) => ({ sku, ...level, ledger: level.onHand })),
		reservations: [...reservations]
			.map(([orderId, { state, lines, runOut }]) => ({ orderId, state, runOut, lines }))
			.sort((a, b) => (a.orderId < b.orderId ? -1 : 1)),
	}
}

function available({ levels }: StockModel, sku: string): number {
	const { onHand, held } = levels.get(sku) ?? { onHand: 0, held: 0 }
	return onHand - held
}

function move({ levels }: StockModel, lines: Lines, by: { onHand?: number; held?: number }): void {
	for (const [sku, quantity] of entries(lines)) {
		const level = levels.get(sku)
		if (level === undefined) continue
		level.onHand += quantity * (by.onHand ?? 0)
		level.held += quantity * (by.held ?? 0)
	}
}

function entries(lines: Lines): [string, number][] {
	return Object.entries(lines).sort(([a], [b]) => (a < b ? -1 : 1))
}
