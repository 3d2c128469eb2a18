import { SaxesParser } from 'saxes'
import { deepestNesting } from '../../records/file-record.ts'

/** Where the records of an XML document are. */
export type XmlPlace = {
	/** The path of the element whose children are the records, such as `rss/channel`. */
	parent: string
	/** The name of the records. Without it, all children with attributes or elements of their own are records. */
	name?: string
}

type Seen = { path: string; parent: string; depth: number; count: number; hasElements: boolean; attributes: number }

/**
 * Finds the records of a document by its beginning: the items of RSS, the entries of Atom, else the elements that repeat
 * and have elements of their own, the outermost of them. A document with one record has it below its root, or below the
 * only element of its root.
 */
export function findXmlRecords(head: string): XmlPlace {
	const seen = seenElements(head)
	const [root] = seen
	if (root === undefined) return { parent: '' }
	switch (root.path.replace(/^.*:/, '').toLowerCase()) {
		case 'rss':
			return { parent: `${root.path}/channel`, name: 'item' }
		case 'rdf':
			return { parent: root.path, name: 'item' }
		case 'feed':
			if (seen.some(({ path }) => path === `${root.path}/entry`)) return { parent: root.path, name: 'entry' }
	}
	const repeated = seen.filter(({ count }) => count > 1).toSorted((one, other) => one.depth - other.depth)
	const record = repeated.find(({ hasElements }) => hasElements) ?? repeated.find(({ attributes }) => attributes > 1)
	return { parent: record?.parent ?? innermostWrapper(root, seen).path }
}

/** The elements of each path, in the order in which the first one begins. */
function seenElements(head: string): Seen[] {
	const seen = new Map<string, Seen>()
	const open: Seen[] = []
	const parser = new SaxesParser({ position: false })
	parser.on('opentag', ({ name, attributes }) => {
		if (open.length === deepestNesting) throw new Error('the document is nested too deeply')
		const outer = open.at(-1)
		if (outer !== undefined) outer.hasElements = true
		const parent = outer?.path ?? ''
		const path = outer === undefined ? name : `${parent}/${name}`
		const element = seen.get(path) ?? { path, parent, depth: open.length, count: 0, hasElements: false, attributes: 0 }
		element.count++
		element.attributes = Math.max(element.attributes, Object.keys(attributes).length)
		seen.set(path, element)
		open.push(element)
	})
	parser.on('closetag', () => void open.pop())
	try {
		parser.write(head)
	} catch {
		// The reader of the records comes upon the same error, and tells it.
	}
	return [...seen.values()]
}

/** Goes from the root to the only child, as long as the children of that one have the same name and are no plain texts. */
function innermostWrapper(root: Seen, seen: Seen[]): Seen {
	const childrenOf = ({ path }: Seen) => seen.filter(({ parent }) => parent === path)
	for (let wrapper = root; ; ) {
		const [child, second] = childrenOf(wrapper)
		if (child === undefined || second !== undefined) return wrapper
		const [inner, other] = childrenOf(child)
		if (inner === undefined || other !== undefined || !(inner.hasElements || inner.attributes > 0)) return wrapper
		wrapper = child
	}
}
