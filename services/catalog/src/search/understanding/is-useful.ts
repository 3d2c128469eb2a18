import type { WordAlternative } from '../analysis/query-words.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { isVocabularyWord } from '../vocabulary/vocabulary-word.ts'

/** Whether the index may have the alternative. A form is one of many guesses, so it must be a word that products have. */
export function isUseful({ tokens, kind }: WordAlternative, vocabulary: Pick<Vocabulary, 'docsWith'>): boolean {
	const [token = ''] = tokens
	return kind !== 'form' || tokens.length > 1 || !isVocabularyWord(token) || vocabulary.docsWith(token) > 0
}
