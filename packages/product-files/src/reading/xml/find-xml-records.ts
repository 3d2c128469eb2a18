import { deepestNesting } from '../../records/file-record.ts'
import { ancestorsOf, type SeenElement, type SeenElements, seeElements } from './seen-elements.ts'

/** Where the records of an XML document are. */
export type XmlPlace = {
	/** The path of the element whose children are the records, such as `rss/channel`. */
	parent: string
	/** The name of the records. Without it, all children with attributes or elements of their own are records. */
	name?: string
}

/** Finds the records of a document that comes in blocks. */
export type XmlFinder = {
	add(block: string): void
	/** Whether no further block can tell a better place. */
	isSure(): boolean
	toPlace(): XmlPlace
}

// An element with one of these names is a product. One with a weak name may be a part of a product, or something else.
const strongNames = new Set('product shopitem article produkt artikel produit producto prodotto'.split(' '))
const weakNames = new Set('item entry offer row record'.split(' '))

/**
 * Finds the records by the beginning of a document: the items of RSS, the entries of Atom; else the elements that have the
 * most columns that the user has named; else the elements with the name of a product; else the outermost elements that
 * repeat and have elements of their own. A document with one record of another name has it below its root, or below the
 * only element of its root.
 *
 * @param wanted the columns that the user has named
 */
export function createXmlFinder(wanted: string[] = []): XmlFinder {
	const seen = seeElements()
	return {
		add: seen.add,
		isSure: () => {
			if (seen.isClosed() || placeOfRoot(seen) !== undefined) return true
			const named = bestOf(elementsOf(seen).filter(isStrong))
			return named !== undefined && columnsOf(named, wanted, seen) === wanted.length
		},
		toPlace: () => {
			const record = findMapped(seen, wanted) ?? bestOf(elementsOf(seen).filter(isStrong)) ?? findWeak(seen)
			return placeOfRoot(seen) ?? (record === undefined ? { parent: guessParent(seen) } : placeOf(record))
		},
	}
}

function placeOf({ parent, name }: SeenElement): XmlPlace {
	return { parent: parent?.path ?? '', name }
}

function rootOf({ byPath }: SeenElements): SeenElement | undefined {
	return byPath.values().next().value
}

/** All elements but the root. */
function elementsOf({ byPath }: SeenElements): SeenElement[] {
	return [...byPath.values()].filter(({ parent }) => parent !== undefined)
}

function placeOfRoot(seen: SeenElements): XmlPlace | undefined {
	const root = rootOf(seen)
	if (root === undefined) return undefined
	switch (plainName(root)) {
		case 'rss':
			return { parent: `${root.path}/channel`, name: 'item' }
		case 'rdf':
			return { parent: root.path, name: 'item' }
		case 'feed':
			return seen.byPath.has(`${root.path}/entry`) ? { parent: root.path, name: 'entry' } : undefined
		default:
			return undefined
	}
}

function plainName({ name }: SeenElement): string {
	return name.replace(/^.*:/, '').toLowerCase()
}

function isKnown(element: SeenElement): boolean {
	return strongNames.has(plainName(element)) || weakNames.has(plainName(element))
}

/** Whether an element has parts, and is in no element that can be a record itself. */
function isOutermost(element: SeenElement): boolean {
	const hasParts = element.hasElements || element.attributes.size > 1
	return hasParts && !ancestorsOf(element).some((outer) => outer.parent !== undefined && isKnown(outer))
}

function isStrong(element: SeenElement): boolean {
	return strongNames.has(plainName(element)) && isOutermost(element)
}

function isWeak(element: SeenElement): boolean {
	return weakNames.has(plainName(element)) && isOutermost(element)
}

/** Of elements that can all be the records: those that repeat before those that do not, the outermost, the first. */
function bestOf(elements: SeenElement[]): SeenElement | undefined {
	const rankOf = ({ count, depth }: SeenElement) => (count > 1 ? 0 : deepestNesting) + depth
	return elements.toSorted((one, other) => rankOf(one) - rankOf(other))[0]
}

/** How many of the columns an element has, by its own attributes and by the elements in it. */
function columnsOf(element: SeenElement, columns: string[], { byPath }: SeenElements): number {
	return columns.filter((column) => {
		const [path = '', attribute] = column.split('@')
		const owner = path === '' ? element : byPath.get(`${element.path}/${path}`)
		return owner !== undefined && (attribute === undefined || owner.attributes.has(attribute))
	}).length
}

function findMapped(seen: SeenElements, wanted: string[]): SeenElement | undefined {
	const counted = elementsOf(seen).map((element) => ({ element, columns: columnsOf(element, wanted, seen) }))
	const most = counted.reduce((best, { columns }) => Math.max(best, columns), 0)
	if (most === 0) return undefined
	const elements = counted.filter(({ columns }) => columns === most).map(({ element }) => element)
	return bestOf(elements.filter(isStrong)) ?? bestOf(elements.filter(isWeak)) ?? bestOf(elements)
}

/** An element in one that repeats is a part of it. */
function findWeak(seen: SeenElements): SeenElement | undefined {
	const isPart = (element: SeenElement) => ancestorsOf(element).some(({ count }) => count > 1)
	return bestOf(elementsOf(seen).filter((element) => isWeak(element) && !isPart(element)))
}

function guessParent(seen: SeenElements): string {
	const root = rootOf(seen)
	if (root === undefined) return ''
	const repeated = elementsOf(seen)
		.filter(({ count }) => count > 1)
		.toSorted((one, other) => one.depth - other.depth)
	const record =
		repeated.find(({ hasElements }) => hasElements) ?? repeated.find(({ attributes }) => attributes.size > 1)
	return (record?.parent ?? innermostWrapper(root, elementsOf(seen))).path
}

/** Goes from the root to the only child, as long as the children of that one have the same name and are no plain texts. */
function innermostWrapper(root: SeenElement, elements: SeenElement[]): SeenElement {
	const childrenOf = (element: SeenElement) => elements.filter(({ parent }) => parent === element)
	for (let wrapper = root; ; ) {
		const [child, second] = childrenOf(wrapper)
		if (child === undefined || second !== undefined) return wrapper
		const [inner, other] = childrenOf(child)
		if (inner === undefined || other !== undefined || !(inner.hasElements || inner.attributes.size > 0)) return wrapper
		wrapper = child
	}
}
