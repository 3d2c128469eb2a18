import { createReservationRecordStore } from '@mercat/catalog/reservation-record-store'
import { createOrderRecordStore } from '@mercat/order/order-record-store'
import { CommandError } from '../command/command-error.ts'
import { openExistingDatabase } from '../command/open-existing-database.ts'
import { describeOrder, type FoundReservation } from './order-lines.ts'

export type OrderShowTargets = { catalogDb?: string; orderDb?: string }

/**
 * Runs `mercat order show`, which prints all that both databases have about an order. Without the catalog database it
 * prints the rest.
 *
 * @throws CommandError when there is no such order, or the order database cannot be read
 */
export async function runOrderShow(
	id: string,
	{ catalogDb, orderDb }: OrderShowTargets,
	env: NodeJS.ProcessEnv,
): Promise<void> {
	const instead = `ask the API: GET /v1/orders/${id} with a token of the scope orders:manage`
	await using orders = await openExistingDatabase('order', orderDb, env, instead)
	const record = await createOrderRecordStore(orders).findRecord(id)
	if (record === undefined) throw new CommandError(`there is no order ${id} in this order database`)
	console.log(describeOrder(record, await findReservation(id, { catalogDb, orderDb }, env)).join('\n'))
}

async function findReservation(
	id: string,
	{ catalogDb, orderDb }: OrderShowTargets,
	env: NodeJS.ProcessEnv,
): Promise<FoundReservation> {
	// The embedded catalog database belongs to the embedded order database, and to no other.
	if (orderDb !== undefined && catalogDb === undefined)
		return { unknown: 'name the catalog database with --catalog-db' }
	try {
		await using catalog = await openExistingDatabase('catalog', catalogDb, env)
		return { reservation: await createReservationRecordStore(catalog).findReservation(id) }
	} catch (error) {
		if (!(error instanceof CommandError)) throw error
		return { unknown: error.message }
	}
}
