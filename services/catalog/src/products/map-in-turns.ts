import { setImmediate as nextTurn } from 'node:timers/promises'

const itemsInTurn = 100

/** Maps many items. Other calls get a turn of the event loop after each hundred. */
export async function mapInTurns<Item, Result>(items: readonly Item[], map: (item: Item) => Result): Promise<Result[]> {
	const results: Result[] = []
	for (const [index, item] of items.entries()) {
		if (index > 0 && index % itemsInTurn === 0) await nextTurn()
		results.push(map(item))
	}
	return results
}
