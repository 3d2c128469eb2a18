import { openDatabase } from '@mercat/database/database'

// An attempt that is under way would make its delivery pending again. Without the lease it records nothing.
const giveUp = `
	update webhook set lease_id = null, leased_until = '-infinity' where lease_id is not null;
	update webhook_delivery set state = 'dead', next_attempt_at = null where state = 'pending'`

/** Makes every pending delivery dead, as if its receiver had failed for three days. */
export async function giveUpDeliveries(databaseUrl: string): Promise<void> {
	await using database = await openDatabase(databaseUrl)
	await database.query(giveUp)
}
