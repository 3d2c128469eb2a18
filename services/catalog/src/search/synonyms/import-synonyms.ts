import type { ImportSynonymsRequest__Output as Request } from '@mercat/catalog-api/messages/ImportSynonymsRequest'
import type { ImportSynonymsResponse as Response } from '@mercat/catalog-api/messages/ImportSynonymsResponse'
import { invalidRequest } from '@mercat/grpc-service/invalid-request'
import type { Budget } from '@mercat/service/budget'
import { ruleViolations, type SynonymRule } from './synonym-rule.ts'

export type ImportSynonymsNeeds = {
	/** Returns false, and changes nothing, when these are all rules already. */
	replaceRules(rules: readonly SynonymRule[], budget: Budget): Promise<boolean>
	/** Has this process use the rules of the database. */
	reload(budget: Budget): Promise<void>
}

/** Replaces all rules about synonyms. */
export function importSynonyms({ replaceRules, reload }: ImportSynonymsNeeds) {
	return async ({ rules }: Request, budget: Budget): Promise<Response> => {
		const violations = await ruleViolations(rules)
		if (violations.length > 0) throw invalidRequest(violations)
		const changed = await replaceRules(
			rules.map(({ words, meanings }) => ({ words: words.map(tidy), meanings: meanings.map(tidy) })),
			budget,
		)
		// The caller's next search shows the change.
		if (changed) await reload(budget)
		return { ruleCount: rules.length, changed }
	}
}

function tidy(word: string): string {
	return word.trim()
}
