import type { WooRow } from './woocommerce-row.ts'

const mostParentCharacters = 32_000_000
const mostWaiting = 10_000

/**
 * Brings variations together with the product that they are variations of. WooCommerce writes the product first. It
 * keeps the last products, up to 32 million characters, and up to 10,000 variations that came before their product.
 */
export function createFamilies() {
	const parents = new Map<string, { row: WooRow; characters: number }>()
	let parentCharacters = 0
	const waiting = new Map<string, WooRow[]>()
	let waitingRows = 0

	const keep = (name: string, row: WooRow) => {
		parents.delete(name)
		const characters = sizeOf(row)
		parents.set(name, { row, characters })
		parentCharacters += characters
		for (const [oldest, { characters }] of parents) {
			if (parentCharacters <= mostParentCharacters) break
			parents.delete(oldest)
			parentCharacters -= characters
		}
	}

	return {
		/** Keeps a product, and gives the variations that have waited for it. */
		addParent(row: WooRow): WooRow[] {
			const found: WooRow[] = []
			for (const name of namesOf(row)) {
				keep(name, row)
				const variations = waiting.get(name) ?? []
				waiting.delete(name)
				waitingRows -= variations.length
				found.push(...variations)
			}
			return found
		},
		/** The product of a variation. */
		parentOf: (variation: WooRow): WooRow | undefined => parents.get(parentName(variation))?.row,
		/** Lets a variation wait for its product. Gives a variation back if too many wait. */
		wait(variation: WooRow): WooRow | undefined {
			if (waitingRows >= mostWaiting) return variation
			const name = parentName(variation)
			const others = waiting.get(name)
			if (others === undefined) waiting.set(name, [variation])
			else others.push(variation)
			waitingRows++
			return undefined
		},
		/** The variations whose product never came. */
		orphans: (): WooRow[] => [...waiting.values()].flat(),
	}
}

/** A variation names its product by its sku, or by its number: `id:123`. */
function parentName({ cells }: WooRow): string {
	return cells.get('parent') ?? ''
}

function namesOf({ cells }: WooRow): string[] {
	const [sku, id] = [cells.get('sku') ?? '', cells.get('id') ?? '']
	return [sku, id === '' ? '' : `id:${id}`].filter((name) => name !== '')
}

function sizeOf({ raw }: WooRow): number {
	let characters = 0
	for (const value of raw.values()) if (typeof value === 'string') characters += value.length
	return characters
}
