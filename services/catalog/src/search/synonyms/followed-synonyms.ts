import type { Budget } from '@mercat/service/budget'
import type { SynonymRules } from './synonym-rule.ts'
import { createSynonymTable, noSynonyms, type SynonymTable } from './synonym-table.ts'

export type FollowedSynonymsNeeds = {
	readRules(budget?: Budget): Promise<SynonymRules>
}

export type FollowedSynonyms = ReturnType<typeof followSynonyms>

/** The synonyms that this process uses. It loads them anew when it hears of another version. */
export function followSynonyms({ readRules }: FollowedSynonymsNeeds) {
	let table: SynonymTable = noSynonyms
	let present = 0
	let loading: Promise<void> | undefined

	async function reload(budget?: Budget): Promise<void> {
		const { version, rules } = await readRules(budget)
		const loaded = await createSynonymTable(rules)
		// Another load may have ended meanwhile.
		if (version < present) return
		table = loaded
		present = version
	}

	return {
		/** The present table. One search uses one table. */
		table: () => table,
		reload,
		/** Is told the version of the database. Searches use the old table until the new one is loaded. */
		hear(version: number): Promise<void> {
			if (version === present) return Promise.resolve()
			loading ??= reload().finally(() => {
				loading = undefined
			})
			return loading
		},
	}
}
