import type { ListSynonymsRequest__Output as Request } from '@mercat/catalog-api/messages/ListSynonymsRequest'
import type { ListSynonymsResponse as Response } from '@mercat/catalog-api/messages/ListSynonymsResponse'
import { GeneralError } from '@mercat/grpc-service/general-error'
import { openPage } from '@mercat/grpc-service/open-page'
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

const sizes = { usual: 1_000, largest: 1_000 }

/** One page of the rules about synonyms. */
export function listSynonyms({ pageTokens, readPage }: ListSynonymsNeeds) {
	return async (request: Request, budget: Budget): Promise<Response> => {
		const { after, size, readSize, tokenAfter } = openPage(request, { pageTokens, of: ['synonyms'], sizes })
		const start = after?.end ?? 0
		const { version, rules } = await readPage(start, readSize, budget)
		// Pages of two tables would not make one.
		if (after !== undefined && after.version !== version) throw new GeneralError('PAGE_TOKEN_INVALID')
		const bytes = createPageBytes()
		const full = rules.findIndex((rule, index) => index === size || !bytes.add(rule))
		const page = full === -1 ? rules : rules.slice(0, full)
		const end = start + page.length
		return {
			rules: page,
			nextPageToken: tokenAfter(full === -1 ? undefined : { version, end }),
		}
	}
}
