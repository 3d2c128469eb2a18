import type { CountedSales, SalesAuditStore } from '@mercat/market/sales-audit'
import type { Breach } from '@mercat/order/audit'
import type { SoldAuditStore, SoldOnDay } from '@mercat/order/sold-audit'

type Sums = { orders: number; quantity: number; amountMinor: bigint }

const eventsAtOnce = 10_000
const dayMs = 86_400_000
// A transition may get its position so long after those of later ones.
const latestPositionMs = 3_600_000

/** Compares the sales of each day with the orders, as far as all of its events are in the log, and larger steps with smaller ones. */
export async function salesBreaches(sales: SalesAuditStore, sold: SoldAuditStore): Promise<Breach[]> {
	const breaches = await sales.stepBreaches()
	const first = await sold.firstEvent()
	const keptMs = await sales.keptSinceMs()
	if (first === undefined || keptMs === undefined) return breaches
	// Deleted events may have been of the same day as the first one that is left.
	const isWhole = first.position === 1
	const sinceMs = isWhole ? keptMs : Math.max(keptMs, nextDay(first.atMs + latestPositionMs))
	const { position, rows } = await sales.readDays(sinceMs)
	// Nothing is counted yet.
	if (position === null) return breaches
	const due = await sumOf(sold, first.position - 1, position, sinceMs)
	for (const row of rows) {
		const name = nameOf(row)
		const expected = due.get(name)
		due.delete(name)
		const counted = toSums(row)
		if (expected === undefined)
			breaches.push({ subject: name, finding: `${textOf(counted)} are counted, and nothing was sold` })
		else if (textOf(expected) !== textOf(counted))
			breaches.push({ subject: name, finding: `${textOf(counted)} are counted, and ${textOf(expected)} were sold` })
	}
	for (const [name, expected] of due)
		breaches.push({ subject: name, finding: `nothing is counted, and ${textOf(expected)} were sold` })
	return breaches
}

async function sumOf(sold: SoldAuditStore, after: number, upto: number, sinceMs: number): Promise<Map<string, Sums>> {
	const sums = new Map<string, Sums>()
	for (let from = after; from < upto; from += eventsAtOnce) {
		for (const row of await sold.readPart(from, Math.min(from + eventsAtOnce, upto), sinceMs)) {
			const { orders, quantity, amountMinor } = toSums(row)
			const known = sums.get(nameOf(row))
			sums.set(nameOf(row), {
				orders: orders + (known?.orders ?? 0),
				quantity: quantity + (known?.quantity ?? 0),
				amountMinor: amountMinor + (known?.amountMinor ?? 0n),
			})
		}
	}
	return sums
}

function nextDay(ms: number): number {
	return (Math.floor(ms / dayMs) + 1) * dayMs
}

function toSums({ orders, quantity, amountMinor }: CountedSales | SoldOnDay): Sums {
	return { orders, quantity, amountMinor: BigInt(amountMinor) }
}

function nameOf({ beginMs, status, sku, currency }: CountedSales | SoldOnDay): string {
	return `${new Date(beginMs).toISOString().slice(0, 10)} ${status}${sku === '' ? '' : ` ${sku}`} in ${currency}`
}

function textOf({ orders, quantity, amountMinor }: Sums): string {
	return `${orders} orders, ${quantity} pieces, ${amountMinor}`
}
