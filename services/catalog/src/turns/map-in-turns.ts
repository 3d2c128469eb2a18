import { createTurns } from './turns.ts'

/** Maps many items. Other calls get turns of the event loop meanwhile. */
export async function mapInTurns<Item, Result>(items: readonly Item[], map: (item: Item) => Result): Promise<Result[]> {
	const turns = createTurns()
	const results: Result[] = []
	for (const item of items) {
		results.push(map(item))
		if (turns.isOver()) await turns.next()
	}
	return results
}
