import type { PreviousText, ProductText, TextIndex } from '../../products/text-index.ts'
import { mapInTurns } from '../../turns/map-in-turns.ts'
import type { ProductTokens } from '../analysis/product-tokens.ts'

/** The text of a product under its number. */
export type TextDoc = ProductTokens & { doc: number }

export type IndexTextsNeeds<Transaction> = {
	analyse(product: ProductText): ProductTokens
	analysisVersion: number
	/** Numbers that nobody else gets, in ascending order. */
	takeDocs(transaction: Transaction, count: number): Promise<number[]>
	writeSegment(transaction: Transaction, docs: readonly TextDoc[]): Promise<void>
	/** Whether the index of the version before may still be read. */
	isPreviousRead(transaction: Transaction): Promise<boolean>
	previousText(product: ProductText): PreviousText
}

/**
 * Adds texts to the index. The segment is written before this ends. So the transaction has its id before its next statement
 * reads the epoch, and the end of a rebuild can wait for all transactions that may have read an earlier epoch.
 */
export function indexTexts<Transaction>(needs: IndexTextsNeeds<Transaction>): TextIndex<Transaction>['indexTexts'] {
	const { analyse, analysisVersion: searchAnalysis, takeDocs, writeSegment, isPreviousRead, previousText } = needs
	return async (transaction, products) => {
		const tokens = await mapInTurns(products, analyse)
		const numbers = await takeDocs(transaction, products.length)
		const docs = numbers.flatMap((doc, place) => (tokens[place] ? [{ ...tokens[place], doc }] : []))
		await writeSegment(transaction, docs)
		const previousTexts = (await isPreviousRead(transaction)) ? await mapInTurns(products, previousText) : []
		return numbers.map((searchDoc, place) => ({ searchDoc, searchAnalysis, search: previousTexts[place] }))
	}
}
