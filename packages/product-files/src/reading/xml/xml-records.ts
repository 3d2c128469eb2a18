import { SaxesParser } from 'saxes'
import { ProductFileError } from '../../product-file-error.ts'
import { deepestNesting, type FileRecord, longestRecord } from '../../records/file-record.ts'
import type { RecordSplitter } from '../../records/record-splitter.ts'
import type { XmlPlace } from './find-xml-records.ts'
import { createReferenceMender } from './mend-references.ts'
import { openXmlRecord, type XmlRecord } from './xml-record.ts'

// The parser keeps the text between two tags, so there is a limit for it.
const mostBetweenTags = 4 * longestRecord

/**
 * The elements of an XML document that stand at a place, each with the texts of its elements and attributes.
 *
 * @throws ProductFileError NOT_XML when the document is not well-formed, NOT_COMPLETE when its root is never closed, and
 * TOO_DEEP
 */
export function xmlRecords(place: XmlPlace, longest: number = longestRecord): RecordSplitter {
	const parser = new SaxesParser()
	const mender = createReferenceMender()
	const parentPath = place.parent.split('/')
	const open: string[] = []
	let found: FileRecord[] = []
	let record: XmlRecord | undefined
	let line = 0
	let isAtEnd = false
	let sinceTag = 0

	parser.on('opentag', ({ name, attributes }) => {
		sinceTag = 0
		if (open.length === deepestNesting) {
			throw new ProductFileError('TOO_DEEP', `line ${parser.line}: more than ${deepestNesting} elements are open`)
		}
		if (record !== undefined) record.openElement(name, attributes)
		else if (isParent(open) && (place.name ?? name) === name) record = openXmlRecord(attributes, longest)
		open.push(name)
	})
	parser.on('text', (text) => record?.addText(text))
	parser.on('cdata', (text) => record?.addText(text))
	parser.on('closetag', () => {
		sinceTag = 0
		open.pop()
		if (record === undefined) return
		if (open.length > parentPath.length) return record.closeElement()
		// A plain text beside the records, such as the title of a document, is none of them.
		if (place.name !== undefined || record.hasParts()) found.push({ line: ++line, ...record.toValues() })
		record = undefined
	})
	parser.on('error', (error) => {
		if (isAtEnd) throw new ProductFileError('NOT_COMPLETE', 'the file ends before the end of its XML', { cause: error })
		const reason = error.message.replace(/^\d+:\d+: /, '')
		throw new ProductFileError('NOT_XML', `line ${parser.line}: not XML: ${reason}`, { cause: error })
	})

	function isParent(path: string[]): boolean {
		return path.length === parentPath.length && path.every((name, at) => name === parentPath[at])
	}

	return {
		add(block, records) {
			found = records
			sinceTag += block.length
			parser.write(mender.mend(block))
			if (sinceTag > mostBetweenTags) {
				throw new ProductFileError('NOT_XML', `line ${parser.line}: there is no tag in ${mostBetweenTags} characters`)
			}
		},
		end(records) {
			found = records
			parser.write(mender.end())
			isAtEnd = true
			parser.close()
		},
	}
}
