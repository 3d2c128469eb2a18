import { damage, longestRecord, notUtf8, type RecordProblem, tooLong } from '../../records/file-record.ts'
import type { RecordRule } from '../../records/record-rules.ts'
import type { Dialect } from './detect-dialect.ts'

/** The cells of one record, or the problem that hides them. */
export type CellRecord = {
	/** The line on which the record begins. */
	line: number
} & ({ cells: string[] } | RecordProblem)

export type CellSplitter = {
	/** Takes the next part of the text, and returns the records that it completes. */
	add(text: string): CellRecord[]
	/** Takes the end of the text, and returns the last records. */
	end(): CellRecord[]
}

const none = Number.POSITIVE_INFINITY

/**
 * Splits delimited text into records of cells (RFC 4180). A quote is a character like others in a cell that does not
 * begin with one. A record with a wrong quote is a problem, and reading goes on at the line after the one where that quote
 * opened, so that one wrong quote costs no other record. Every line counts, also those inside quotes.
 */
export function splitCells(
	{ delimiter, lineBreak }: Pick<Dialect, 'delimiter' | 'lineBreak'>,
	longest: number = longestRecord,
): CellSplitter {
	let text = ''
	let isEnd = false
	/** Where the next record begins, and on which line. */
	let start = 0
	let line = 1
	/** The rest of the line is passed over. */
	let isSkipping = false

	const nextBreak = remembered(lineBreak)
	const nextQuote = remembered('"')
	const nextDamage = remembered(damage)

	/** The next occurrence of a character. What was found is kept, because most are far away or absent. */
	function remembered(character: string) {
		let searchedFrom = none
		let found = none
		const find = (from: number): number => {
			if (from < searchedFrom || from > found) {
				const at = text.indexOf(character, from)
				searchedFrom = from
				found = at === -1 ? none : at
			}
			return found
		}
		const forget = () => {
			searchedFrom = none
		}
		return Object.assign(find, { forget })
	}

	function take(part: string): CellRecord[] {
		text = start < text.length ? text.slice(start) + part : part
		start = 0
		for (const finder of [nextBreak, nextQuote, nextDamage]) finder.forget()
		const records: CellRecord[] = []
		while (start < text.length) {
			if (isSkipping) goOnAfterLine(start)
			// The line feed of a CRLF in a file whose lines end with CR.
			else if (lineBreak === '\r' && text[start] === '\n') start++
			else {
				const record = nextRecord()
				if (record === undefined) break
				records.push(record)
			}
		}
		return records
	}

	/** The record that begins at `start`, or undefined when its end is not here yet. */
	function nextRecord(): CellRecord | undefined {
		const lineEnd = nextBreak(start)
		if (nextQuote(start) < lineEnd) return quotedRecord()
		if (lineEnd === none && !isEnd && text.length - start <= longest) return undefined
		const end = Math.min(lineEnd, text.length)
		if (end - start > longest) return longRecord()
		return complete(text.slice(start, withoutReturn(end)).split(delimiter), end)
	}

	/** As {@link nextRecord}, cell by cell. */
	function quotedRecord(): CellRecord | undefined {
		const cells: string[] = []
		let at = start
		for (;;) {
			if (at - start > longest) return longRecord()
			if (text[at] !== '"') {
				const end = Math.min(nextBreak(at), indexOrNone(text.indexOf(delimiter, at)), text.length)
				if (end - start > longest) return longRecord()
				if (end === text.length && !isEnd) return undefined
				if (text[end] !== delimiter) return complete([...cells, text.slice(at, withoutReturn(end))], end)
				cells.push(text.slice(at, end))
				at = end + 1
				continue
			}
			const closing = closingQuote(at)
			if (closing === undefined) return undefined
			if (closing === none) return wrongQuote(at, 'QUOTE_NOT_CLOSED', 'is never closed')
			const cell = text.slice(at + 1, closing)
			cells.push(cell.includes('"') ? cell.replaceAll('""', '"') : cell)
			const after = text[closing + 1]
			if (after === delimiter) {
				at = closing + 2
				continue
			}
			const isReturn = after === '\r' && lineBreak === '\n'
			if (isReturn && closing + 2 === text.length && !isEnd) return undefined
			const end = isReturn ? closing + 2 : closing + 1
			if (end < text.length && text[end] !== lineBreak) {
				return wrongQuote(at, 'TEXT_AFTER_QUOTE', 'goes on after its closing quote')
			}
			return complete(cells, end)
		}
	}

	/** The quote that closes the one at `opening`; `none` if there is none; undefined while there may be one. */
	function closingQuote(opening: number): number | undefined {
		for (let from = opening + 1; ; ) {
			const quote = nextQuote(from)
			if (quote - start > longest) return isEnd || text.length - start > longest ? none : undefined
			if (quote + 1 === text.length && !isEnd) return undefined
			if (text[quote + 1] !== '"') return quote
			from = quote + 2
		}
	}

	function complete(cells: string[], end: number): CellRecord {
		const record: CellRecord = { line, ...(nextDamage(start) < end ? notUtf8 : { cells }) }
		line += 1 + breaksBetween(start, end)
		start = end + 1
		return record
	}

	function longRecord(): CellRecord {
		const record = { line, ...tooLong(longest) }
		line += breaksBetween(start, start + longest)
		goOnAfterLine(start + longest)
		return record
	}

	function wrongQuote(opening: number, rule: RecordRule, trouble: string): CellRecord {
		const isCutOff = rule === 'QUOTE_NOT_CLOSED' && isEnd && text.length - start <= longest
		const record: CellRecord & RecordProblem = { line, rule, problem: '', ...(isCutOff && { isCutOff }) }
		line += breaksBetween(start, opening)
		record.problem = `the quoted cell that begins on line ${line} ${trouble}`
		goOnAfterLine(opening)
		return record
	}

	function goOnAfterLine(from: number): void {
		const lineEnd = nextBreak(from)
		isSkipping = lineEnd === none
		start = isSkipping ? text.length : lineEnd + 1
		if (!isSkipping) line++
	}

	function withoutReturn(end: number): number {
		return lineBreak === '\n' && end > start && text[end - 1] === '\r' ? end - 1 : end
	}

	function breaksBetween(from: number, to: number): number {
		let breaks = 0
		for (let at = nextBreak(from); at < to; at = nextBreak(at + 1)) breaks++
		return breaks
	}

	return {
		add: take,
		end() {
			isEnd = true
			return take('')
		},
	}
}

function indexOrNone(index: number): number {
	return index === -1 ? none : index
}
