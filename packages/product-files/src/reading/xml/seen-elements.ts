import { SaxesParser } from 'saxes'
import { deepestNesting } from '../../records/file-record.ts'
import { createReferenceMender } from './mend-references.ts'

/** All elements of a document that have one path. */
export type SeenElement = {
	/** Its names from the root on, such as `rss/channel/item`. */
	path: string
	name: string
	parent: SeenElement | undefined
	count: number
	hasElements: boolean
	attributes: Set<string>
}

export type SeenElements = {
	/** By their paths, in the order in which the first one of each begins. */
	byPath: ReadonlyMap<string, SeenElement>
	/** Whether the text has an error, so that nothing more can be seen. */
	hasError(): boolean
	add(block: string): void
}

/** Collects the elements of a text that comes in blocks. */
export function seeElements(): SeenElements {
	const byPath = new Map<string, SeenElement>()
	const open: SeenElement[] = []
	let hasError = false
	const mender = createReferenceMender()
	const parser = new SaxesParser({ position: false })
	parser.on('opentag', ({ name, attributes }) => {
		if (open.length === deepestNesting) throw new Error('the document is nested too deeply')
		const parent = open.at(-1)
		if (parent !== undefined) parent.hasElements = true
		const path = parent === undefined ? name : `${parent.path}/${name}`
		const element = byPath.get(path) ?? { path, name, parent, count: 0, hasElements: false, attributes: new Set() }
		element.count++
		for (const attribute of Object.keys(attributes)) element.attributes.add(attribute)
		byPath.set(path, element)
		open.push(element)
	})
	parser.on('closetag', () => void open.pop())
	return {
		byPath,
		hasError: () => hasError,
		add(block) {
			if (hasError) return
			try {
				parser.write(mender.mend(block))
			} catch {
				// The reader of the records comes upon the same error, and tells it.
				hasError = true
			}
		},
	}
}

/** The elements around an element, from the root on. */
export function ancestorsOf({ parent }: SeenElement): SeenElement[] {
	return parent === undefined ? [] : [...ancestorsOf(parent), parent]
}
