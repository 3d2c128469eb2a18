import type { ListSynonymsRequest__Output as Request } from '@mercat/catalog-api/messages/ListSynonymsRequest'
import type { ListSynonymsResponse as Response } from '@mercat/catalog-api/messages/ListSynonymsResponse'
import type { Budget } from '@mercat/service/budget'
import type { PageTokens } from '@mercat/service/page-token'
import { CatalogError } from '../../errors/catalog-error.ts'
import { readPageSize } from '../../errors/page-size.ts'
import { createPageBytes } from '../../products/page-bytes.ts'
import type { SynonymRules } from './synonym-store.ts'

/** Where a page of rules ended, and the version of the rules. */
export type SynonymCursor = { version: number; end: number }

export type ListSynonymsNeeds = {
	pageTokens: PageTokens<SynonymCursor>
	readRules(budget: Budget): Promise<SynonymRules>
}

const pageSizes = { usual: 1_000, largest: 1_000 }
const otherArguments = ['synonyms']

/** One page of the rules about synonyms. */
export function listSynonyms({ pageTokens, readRules }: ListSynonymsNeeds) {
	return async ({ pageSize, pageToken }: Request, budget: Budget): Promise<Response> => {
		const size = readPageSize(pageSize, pageSizes)
		const after = pageToken === '' ? undefined : pageTokens.decode(pageToken, otherArguments)
		if (pageToken !== '' && after === undefined) throw new CatalogError('PAGE_TOKEN_INVALID')
		const { version, rules } = await readRules(budget)
		// Pages of two tables would not make one.
		if (after !== undefined && after.version !== version) throw new CatalogError('PAGE_TOKEN_INVALID')
		const start = after?.end ?? 0
		const bytes = createPageBytes()
		const asked = rules.slice(start, start + size)
		const full = asked.findIndex((rule) => !bytes.add(rule))
		const page = full === -1 ? asked : asked.slice(0, full)
		const end = start + page.length
		return {
			rules: page,
			nextPageToken: end < rules.length ? pageTokens.encode({ version, end }, otherArguments) : '',
		}
	}
}
