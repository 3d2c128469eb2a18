import type { SynonymRule__Output as SynonymRule } from '@mercat/catalog-api/messages/SynonymRule'

/** The rule of each line that has one, and what is wrong with the first line that cannot be read. */
export type SynonymLines = {
	rules: SynonymRule[]
	/** The number of the line of each rule, from 1. */
	lineNumbers: number[]
	fault: { lineNumber: number; problem: string } | undefined
}

/**
 * Reads lines such as `couch, sofa, settee`, whose words all mean the same, and `tv => television, telly`, which goes one
 * way. `#` begins a comment.
 */
export function parseSynonymLines(lines: readonly string[]): SynonymLines {
	const rules: SynonymRule[] = []
	const lineNumbers: number[] = []
	for (const [index, line] of lines.entries()) {
		const text = line.replace(/(^|\s)#.*$/, '').trim()
		if (text === '') continue
		const lineNumber = index + 1
		const sides = text.split('=>').map((side) => side.split(',').map((word) => word.trim()))
		const problem = problemOf(sides)
		if (problem !== undefined) return { rules, lineNumbers, fault: { lineNumber, problem } }
		const [first = [], second] = sides
		rules.push(second === undefined ? { words: [], meanings: first } : { words: first, meanings: second })
		lineNumbers.push(lineNumber)
	}
	return { rules, lineNumbers, fault: undefined }
}

/** The line of a rule, as {@link parseSynonymLines} reads it. */
export function formatSynonymRule({ words, meanings }: SynonymRule): string {
	const left = words.length === 0 ? '' : `${words.join(', ')} => `
	return left + meanings.join(', ')
}

function problemOf(sides: readonly string[][]): string | undefined {
	if (sides.length > 2) return 'must have "=>" only once'
	if (sides.some((words) => words.some((word) => word === ''))) return 'must have a word on each side of "," and "=>"'
	if (sides.length === 1 && (sides[0]?.length ?? 0) < 2) return 'must have at least 2 words'
	return undefined
}
