import type { Dictionary } from '../columns/memory/dictionary.ts'
import { foldedName } from './titles/text-words.ts'

export type NameIndex = {
	/** The names with a word that begins so, the name of most products first. Names of no findable product are left out. */
	find(folded: string, most: number): string[]
	/** The same, for names in which another word follows. Those of a path are the paths directly below it. */
	findLonger(folded: string, most: number): string[]
}

// More names than these begin with a letter or two. The rest is not looked at.
const mostLookedAt = 2_000

/**
 * Finds names by the beginnings of their words. It follows the dictionary as it grows.
 *
 * @param separator parts the steps of a path. The beginning must reach into the last step.
 */
export function createNameIndex(separator?: string): (names: Dictionary) => NameIndex {
	// All names in one text, which the engine searches faster than a list: each word has a blank before it.
	let text = ''
	const starts: number[] = []
	/** Where the last step of each name begins. */
	const lastSteps: number[] = []

	function follow(names: Dictionary): void {
		for (let id = starts.length; id < names.size; id++) {
			const name = names.value(id)
			const end = separator === undefined ? -1 : name.lastIndexOf(separator)
			const above = end <= 0 ? '' : ` ${foldedName(name.slice(0, end))}`
			starts.push(text.length)
			lastSteps.push(text.length + above.length)
			text += `${above} ${foldedName(name.slice(end + 1))}\n`
		}
	}

	function find(names: Dictionary, wanted: string, most: number): string[] {
		follow(names)
		const found = new Set<number>()
		// Where the last step begins, the text has a blank.
		const end = wanted.endsWith(' ') ? wanted.length : wanted.length - 1
		for (let at = text.indexOf(wanted), looked = 0; at >= 0 && looked < mostLookedAt; looked++) {
			const id = idAt(starts, at)
			if (at + end > (lastSteps[id] ?? 0) && names.count(id) > 0) found.add(id)
			at = text.indexOf(wanted, at + 1)
		}
		return mostFrequent(found, names, most).map((id) => names.value(id))
	}

	return (names) => ({
		find: (folded, most) => find(names, ` ${folded}`, most),
		findLonger: (folded, most) => find(names, ` ${folded} `, most),
	})
}

function mostFrequent(ids: Iterable<number>, names: Dictionary, most: number): number[] {
	const compare = (one: number, other: number) =>
		names.count(one) - names.count(other) || (names.value(one) < names.value(other) ? 1 : -1)
	const best: number[] = []
	for (const id of ids) {
		let index = best.length
		while (index > 0 && compare(id, best[index - 1] ?? 0) > 0) index--
		if (index >= most) continue
		best.splice(index, 0, id)
		if (best.length > most) best.pop()
	}
	return best
}

/** The last id that starts at or before a place. */
function idAt(starts: readonly number[], place: number): number {
	let [low, high] = [0, starts.length - 1]
	while (low < high) {
		const middle = (low + high + 1) >> 1
		if ((starts[middle] ?? 0) <= place) low = middle
		else high = middle - 1
	}
	return low
}
