import { ProductFileError } from '../../product-file-error.ts'
import { deepestNesting, type FileRecord, longestRecord, tooLong } from '../../records/file-record.ts'
import type { RecordSplitter } from '../../records/record-splitter.ts'
import { parseJsonRecord } from './parse-json-record.ts'

const stringEnd = /["\\]/g
const syntax = /["[\]{},]/g
const notSpace = /\S/g

/**
 * The elements of one JSON array of objects. In a JSON object, it is the first array that begins with an object. Only
 * strings and nesting are followed, so an element that is not JSON costs no other element.
 *
 * @throws ProductFileError NOT_COMPLETE, TEXT_AFTER_END or TOO_DEEP
 */
export function jsonArrayRecords(longest: number = longestRecord): RecordSplitter {
	let text = ''
	/** What stands before it was looked at. */
	let at = 0
	/** The brackets that are open, the outermost first. */
	const open: string[] = []
	let isInString = false
	let phase: 'before' | 'elements' | 'after' | 'end' = 'before'
	/** The number of brackets that are open between two elements. */
	let arrayDepth = 0
	let elementStart = 0
	let isTooLong = false
	let line = 0

	function take(block: string, records: FileRecord[]): void {
		text += block
		while (at < text.length) {
			if (isInString) {
				passString()
				continue
			}
			const found = indexOf(open.length === 0 ? notSpace : syntax)
			const waits = found === text.length || mustWait(found)
			if (!waits) takeSyntax(found, records)
			at = waits ? found : found + 1
			if (waits) break
		}
		forget()
	}

	/** Keeps only the text that is needed: the element that has begun, and what was not looked at. */
	function forget(): void {
		if (phase === 'elements' && text.length - elementStart > longest) isTooLong = true
		const needed = phase === 'elements' && !isTooLong ? elementStart : Math.min(at, text.length)
		text = text.slice(needed)
		at -= needed
		elementStart = phase === 'elements' && !isTooLong ? 0 : at
	}

	function passString(): void {
		const found = indexOf(stringEnd)
		switch (text[found]) {
			case undefined:
				at = found
				break
			case '"':
				isInString = false
				at = found + 1
				break
			default:
				// The character behind a backslash may be in the next block: `at` is behind the end of the text then.
				at = found + 2
		}
	}

	/** Whether it is an array in an object, and the next block tells whether it begins with an object. */
	function mustWait(found: number): boolean {
		return phase === 'before' && open.length === 1 && text[found] === '[' && firstAfter(found) === undefined
	}

	function firstAfter(found: number): string | undefined {
		return /\S/.exec(text.slice(found + 1))?.[0]
	}

	function takeSyntax(found: number, records: FileRecord[]): void {
		if (phase === 'end') throw new ProductFileError('TEXT_AFTER_END', 'the file goes on behind the end of its JSON')
		if (open.length > deepestNesting) {
			throw new ProductFileError('TOO_DEEP', `element ${line + 1}: more than ${deepestNesting} brackets are open`)
		}
		switch (text[found]) {
			case '"':
				isInString = true
				break
			case '[':
				if (phase === 'before' && (open.length === 0 || (open.length === 1 && firstAfter(found) === '{'))) {
					beginElements(found)
				}
				open.push('[')
				break
			case '{':
				open.push('{')
				break
			case ',':
				if (phase === 'elements' && open.length === arrayDepth) endElement(found, records)
				break
			case ']':
				close('[', found, records)
				break
			case '}':
				close('{', found, records)
		}
	}

	function beginElements(opening: number): void {
		phase = 'elements'
		arrayDepth = open.length + 1
		elementStart = opening + 1
	}

	/** Closes the bracket of this kind, and those within it that a broken element left open. */
	function close(opening: string, found: number, records: FileRecord[]): void {
		const lowest = phase === 'elements' ? arrayDepth - 1 : 0
		const depth = open.lastIndexOf(opening)
		// A closing bracket without an opening one is a part of a broken element.
		if (depth < lowest) return
		if (phase === 'elements' && depth === lowest) {
			const isEmpty = line === 0 && !isTooLong && text.slice(elementStart, found).trim() === ''
			if (!isEmpty) endElement(found, records)
			phase = 'after'
		}
		open.length = depth
		if (open.length === 0) phase = 'end'
	}

	function endElement(end: number, records: FileRecord[]): void {
		line++
		const element = text.slice(elementStart, end)
		if (isTooLong || element.length > longest) {
			records.push({ line, ...tooLong(longest) })
		} else if (element.trim() === '') {
			records.push({ line, problem: 'an element is missing beside a comma', rule: 'NOT_JSON' })
		} else records.push(parseJsonRecord(line, element))
		isTooLong = false
		elementStart = end + 1
	}

	function indexOf(pattern: RegExp): number {
		pattern.lastIndex = at
		return pattern.exec(text)?.index ?? text.length
	}

	return {
		add: take,
		end() {
			if (phase !== 'end') throw new ProductFileError('NOT_COMPLETE', 'the file ends before the end of its JSON')
		},
	}
}
