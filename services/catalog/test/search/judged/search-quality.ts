import type { JudgedQuery } from './judged-set.ts'

/** A query with the skus that a search found for it, the best first. */
export type JudgedAnswer = { judged: JudgedQuery; found: readonly string[] }

/** From 0 to 1. */
export type Quality = { ndcg: number; recall: number; rightFirst: number }

const depth = 10
const goodGrade = 2

/** The quality of one answer, as the README of this folder defines it. */
export function qualityOf({ judged: { answers }, found }: JudgedAnswer): Quality {
	const gradeOf = (sku: string | undefined) => (sku === undefined ? 0 : (answers[sku] ?? 0))
	const first = found.slice(0, depth)
	const best = Object.values(answers).toSorted((a, b) => b - a)
	const good = best.filter((grade) => grade >= goodGrade).length
	const goodFound = first.filter((sku) => gradeOf(sku) >= goodGrade).length
	return {
		ndcg: discountedGain(first.map(gradeOf)) / discountedGain(best.slice(0, depth)),
		recall: goodFound / Math.min(depth, good),
		rightFirst: gradeOf(first[0]) === best[0] ? 1 : 0,
	}
}

/** The mean quality of some answers. */
export function meanQuality(answers: readonly JudgedAnswer[]): Quality {
	const each = answers.map(qualityOf)
	const mean = (figure: keyof Quality) => each.reduce((sum, quality) => sum + quality[figure], 0) / each.length
	return { ndcg: mean('ndcg'), recall: mean('recall'), rightFirst: mean('rightFirst') }
}

/** The answers by the kind of their query. */
export function byKind(answers: readonly JudgedAnswer[]): Map<string, JudgedAnswer[]> {
	return Map.groupBy(answers, ({ judged }) => judged.kind)
}

function discountedGain(grades: readonly number[]): number {
	return grades.reduce((sum, grade, index) => sum + (2 ** grade - 1) / Math.log2(index + 2), 0)
}
