import { SaxesParser } from 'saxes'
import { deepestNesting } from '../../records/file-record.ts'
import { createReferenceMender } from './mend-references.ts'

/** All elements of a document that have one path. */
export type SeenElement = {
	/** Its names from the root on, such as `rss/channel/item`. */
	path: string
	name: string
	parent: SeenElement | undefined
	/** How many elements are around it. */
	depth: number
	count: number
	hasElements: boolean
	attributes: Set<string>
}

export type SeenElements = {
	/** By their paths, in the order in which the first one of each begins. */
	byPath: ReadonlyMap<string, SeenElement>
	/** Whether nothing more can be seen, because the text has an error or too many paths. */
	isClosed(): boolean
	add(block: string): void
}

// A list of products has tens of them.
const mostPaths = 10_000

/** Collects the elements of a text that comes in blocks. */
export function seeElements(): SeenElements {
	const byPath = new Map<string, SeenElement>()
	const open: SeenElement[] = []
	let isClosed = false
	const mender = createReferenceMender()
	const parser = new SaxesParser({ position: false })
	parser.on('opentag', ({ name, attributes }) => {
		if (open.length === deepestNesting) throw new Error('the document is nested too deeply')
		const parent = open.at(-1)
		if (parent !== undefined) parent.hasElements = true
		const path = parent === undefined ? name : `${parent.path}/${name}`
		const depth = open.length
		const element = byPath.get(path) ?? {
			path,
			name,
			parent,
			depth,
			count: 0,
			hasElements: false,
			attributes: new Set(),
		}
		element.count++
		for (const attribute of Object.keys(attributes)) element.attributes.add(attribute)
		byPath.set(path, element)
		if (byPath.size > mostPaths) throw new Error('the document has too many paths')
		open.push(element)
	})
	parser.on('closetag', () => void open.pop())
	return {
		byPath,
		isClosed: () => isClosed,
		add(block) {
			if (isClosed) return
			try {
				parser.write(mender.mend(block))
			} catch {
				// The reader of the records comes upon the same error, and tells it.
				isClosed = true
			}
		},
	}
}

/** The elements around an element, from the inside to the root. */
export function ancestorsOf(element: SeenElement): SeenElement[] {
	const ancestors: SeenElement[] = []
	for (let outer = element.parent; outer !== undefined; outer = outer.parent) ancestors.push(outer)
	return ancestors
}
