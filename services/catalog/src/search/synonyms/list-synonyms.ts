import type { ListSynonymsRequest__Output as Request } from '@mercat/catalog-api/messages/ListSynonymsRequest'
import type { ListSynonymsResponse as Response } from '@mercat/catalog-api/messages/ListSynonymsResponse'
import { GeneralError } from '@mercat/grpc-service/general-error'
import { readPageSize } from '@mercat/grpc-service/page-size'
import type { Budget } from '@mercat/service/budget'
import type { PageTokens } from '@mercat/service/page-token'
import { createPageBytes } from '../../products/page-bytes.ts'
import type { SynonymRules } from './synonym-rule.ts'

/** Where a page of rules ended, and the version of the rules. */
export type SynonymCursor = { version: number; end: number }

export type ListSynonymsNeeds = {
	pageTokens: PageTokens<SynonymCursor>
	/** At most `size` rules from the one with the number `start`. */
	readPage(start: number, size: number, budget: Budget): Promise<SynonymRules>
}

const pageSizes = { usual: 1_000, largest: 1_000 }
const otherArguments = ['synonyms']

/** One page of the rules about synonyms. */
export function listSynonyms({ pageTokens, readPage }: ListSynonymsNeeds) {
	return async ({ pageSize, pageToken }: Request, budget: Budget): Promise<Response> => {
		const size = readPageSize(pageSize, pageSizes)
		const after = pageToken === '' ? undefined : pageTokens.decode(pageToken, otherArguments)
		if (pageToken !== '' && after === undefined) throw new GeneralError('PAGE_TOKEN_INVALID')
		const start = after?.end ?? 0
		// One more than the page has tells whether another page follows.
		const { version, rules } = await readPage(start, size + 1, budget)
		// Pages of two tables would not make one.
		if (after !== undefined && after.version !== version) throw new GeneralError('PAGE_TOKEN_INVALID')
		const bytes = createPageBytes()
		const full = rules.findIndex((rule, index) => index === size || !bytes.add(rule))
		const page = full === -1 ? rules : rules.slice(0, full)
		const end = start + page.length
		return {
			rules: page,
			nextPageToken: full === -1 ? '' : pageTokens.encode({ version, end }, otherArguments),
		}
	}
}
