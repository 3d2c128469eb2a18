import { ProductFileError } from '../../product-file-error.ts'
import { type FileRecord, longestRecord, tooLong } from '../../records/file-record.ts'
import type { RecordSplitter } from '../../records/record-splitter.ts'
import { parseJsonRecord } from './parse-json-record.ts'

/**
 * One JSON object on each line. Blank lines are passed over.
 *
 * @throws ProductFileError NOT_COMPLETE when the last line breaks off
 */
export function ndjsonRecords(lineBreak: '\n' | '\r' = '\n', longest: number = longestRecord): RecordSplitter {
	let text = ''
	let line = 0
	let isTooLong = false

	/** Adds the record of a whole line. */
	function endLine(rest: string, records: FileRecord[]): void {
		text += rest
		line++
		if (isTooLong || text.length > longest) {
			records.push({ line, ...tooLong(longest) })
		} else if (text.trim() !== '') records.push(parseJsonRecord(line, text))
		text = ''
		isTooLong = false
	}

	return {
		add(block, records) {
			let start = 0
			for (let end = block.indexOf(lineBreak); end !== -1; end = block.indexOf(lineBreak, start)) {
				endLine(block.slice(start, end), records)
				start = end + 1
			}
			text += block.slice(start)
			isTooLong ||= text.length > longest
			if (isTooLong) text = ''
		},
		end(records) {
			const last: FileRecord[] = []
			const isOpen = !isTooLong && !text.trimEnd().endsWith('}')
			endLine('', last)
			if (isOpen && last.some((record) => 'problem' in record && record.rule === 'NOT_JSON')) {
				throw new ProductFileError('NOT_COMPLETE', `the file ends in the middle of line ${line}`)
			}
			records.push(...last)
		},
	}
}
