import { openDatabase } from '@mercat/database/database'
import { createSalesAuditStore } from '../../../src/audit/sales-audit-store.ts'
import type { Sold } from './customers.ts'

/** What the database of a stopped market says was sold, in the form in which customers keep it. */
export async function countedSales(url: string): Promise<Map<string, Sold>> {
	await using database = await openDatabase(url)
	const { rows } = await createSalesAuditStore(database).readDays(0)
	const sold = new Map<string, Sold>()
	for (const { status, sku, orders, quantity, amountMinor } of rows) {
		const key = `${status} ${sku}`
		const known = sold.get(key) ?? { orders: 0, quantity: 0, amountMinor: 0 }
		sold.set(key, {
			orders: known.orders + orders,
			quantity: known.quantity + quantity,
			amountMinor: known.amountMinor + Number(amountMinor),
		})
	}
	return sold
}
