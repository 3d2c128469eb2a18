import { wordOfGroups } from './runs/joined-words.ts'
import { groupsOf } from './runs/run-groups.ts'
import { mostQueryWords, typedRuns } from './typed-runs.ts'
import { unspacedWords } from './unspaced-words.ts'

/**
 * The words of a query, as `analyseQuery` gives them, without all that they may mean: in a part of the time.
 *
 * @param text a normal text
 */
export function queryWordTexts(text: string): string[] {
	const words = typedRuns(text, mostQueryWords).flatMap((run) => {
		if (run.isUnspaced) return unspacedWords(text, run).map(({ word }) => word)
		const groups = groupsOf(text.slice(run.start, run.end))
		return groups.length === 0 ? [] : [wordOfGroups(groups)]
	})
	return words.slice(0, mostQueryWords)
}
