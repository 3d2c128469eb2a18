import { damage, notUtf8, type RecordProblem, tooLong } from '../../records/file-record.ts'

/** One element that becomes a record, while it is read. */
export type XmlRecord = {
	openElement(name: string, attributes: Record<string, string>): void
	addText(text: string): void
	closeElement(): void
	/** Whether it has elements or attributes. */
	hasParts(): boolean
	toValues(): { values: Map<string, unknown> } | RecordProblem
}

type Element = { key: string; text: string; hasElements: boolean; hasOwnText: boolean }

/**
 * Collects the values of a record: the text of an element under its name, `outer/inner` for an element in an element, and
 * `name@attribute` for an attribute. Texts are trimmed. Elements that repeat have an array of texts. Where text and elements
 * are mixed, the text is that of all of them.
 */
export function openXmlRecord(attributes: Record<string, string>, longest: number): XmlRecord {
	const values = new Map<string, unknown>()
	const open: Element[] = []
	let hasElements = false
	let length = 0
	let isNotText = false
	addAttributes('', attributes)

	function addAttributes(key: string, given: Record<string, string>): void {
		for (const [name, value] of Object.entries(given)) {
			if (name === 'xmlns' || name.startsWith('xmlns:')) continue
			length += value.length
			add(`${key}@${name}`, value)
		}
	}

	function add(key: string, text: string): void {
		length += key.length
		if (length > longest) values.clear()
		if (length > longest) return
		isNotText ||= text.includes(damage) || key.includes(damage)
		const before = values.get(key)
		const trimmed = text.trim()
		if (before === undefined) values.set(key, trimmed)
		else if (Array.isArray(before)) before.push(trimmed)
		else values.set(key, [before, trimmed])
	}

	return {
		openElement(name, given) {
			hasElements = true
			const outer = open.at(-1)
			if (outer !== undefined) outer.hasElements = true
			const key = outer === undefined ? name : `${outer.key}/${name}`
			open.push({ key, text: '', hasElements: false, hasOwnText: false })
			addAttributes(key, given)
		},
		addText(text) {
			length += text.length
			const element = open.at(-1)
			if (element === undefined || length > longest) return
			element.text += text
			element.hasOwnText ||= text.trim() !== ''
		},
		closeElement() {
			const element = open.pop() as Element
			const outer = open.at(-1)
			if (outer !== undefined) outer.text += element.text
			if (!element.hasElements || element.hasOwnText) add(element.key, element.text)
		},
		hasParts: () => hasElements || values.size > 0 || length > longest,
		toValues() {
			if (length > longest) return tooLong(longest)
			return isNotText ? notUtf8 : { values }
		},
	}
}
