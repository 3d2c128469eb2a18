import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { SynonymRule, SynonymRules } from './synonym-rule.ts'

export type SynonymStore = ReturnType<typeof createSynonymStore>

/** The rules about synonyms in one database. */
export function createSynonymStore(database: Database) {
	return {
		async readRules(budget?: Budget): Promise<SynonymRules> {
			const [row] = await database.within(budget).query<SynonymRules>(readRules, [])
			return row ?? { version: 0, rules: [] }
		},

		/** At most `size` rules from the one with the number `start`, counted from 0. */
		async readPage(start: number, size: number, budget?: Budget): Promise<SynonymRules> {
			const [row] = await database.within(budget).query<SynonymRules>(readPage, [start, size])
			return row ?? { version: 0, rules: [] }
		},

		/** Has these rules be all rules. Returns false, and changes nothing, when they are so already. */
		async replaceRules(rules: readonly SynonymRule[], budget?: Budget): Promise<boolean> {
			const numbered = JSON.stringify(rules.map((rule, id) => ({ id, ...rule })))
			return database.transaction(async ({ query }) => {
				await query(lockSynonyms, [])
				const [differing] = await query(findOtherRule, [numbered])
				if (differing === undefined) return false
				await query(removeRules, [])
				await query(addRules, [numbered])
				await query(raiseVersion, [])
				return true
			}, budget)
		},
	}
}

// A statement sees one moment, so that the version is that of the rules.
const rulesOf = (rows: string) => `
	select synonyms_version as version, (
		select coalesce(jsonb_agg(jsonb_build_object('words', words, 'meanings', meanings) order by id), '[]') from ${rows}
	) as rules
	from search_index`

const readRules: Statement = { name: 'read-synonyms', text: rulesOf('search_synonym') }

const readPage: Statement = {
	name: 'read-page-of-synonyms',
	text: rulesOf('(select * from search_synonym where id >= $1 order by id limit $2) as page'),
}

const lockSynonyms: Statement = {
	name: 'lock-synonyms',
	text: 'lock table search_synonym in share row exclusive mode',
}

const given = 'jsonb_to_recordset($1::jsonb) as given(id integer, words text[], meanings text[])'

const findOtherRule: Statement = {
	name: 'find-other-synonym',
	text: `
		select from search_synonym as present full join ${given} using (id)
		where (present.words, present.meanings) is distinct from (given.words, given.meanings)
		limit 1`,
}

const removeRules: Statement = { name: 'remove-synonyms', text: 'delete from search_synonym' }

const addRules: Statement = {
	name: 'add-synonyms',
	text: `insert into search_synonym (id, words, meanings) select id, words, meanings from ${given}`,
}

const raiseVersion: Statement = {
	name: 'raise-synonyms-version',
	text: 'update search_index set synonyms_version = synonyms_version + 1',
}
