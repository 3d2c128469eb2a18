import type { FieldChoice } from '../products/validate-product.ts'

const fieldPaths = ['title', 'description', 'brand', 'category', 'price', 'attributes', 'image_urls', 'group']
const attributePrefix = 'attributes.'

/** The fields that a mask names; `undefined` for all of them. Or what is wrong with the mask. */
export type RowMask = { chosen: FieldChoice | undefined } | { problem: string }

/** Reads the masks of rows. The rows of a file mostly have the same mask, so that each is read once. */
export function createMaskReader(): (paths: readonly string[]) => RowMask {
	const known = new Map<string, RowMask>()
	return (paths) => {
		const key = paths.join('\n')
		const mask = known.get(key) ?? readMask(paths)
		known.set(key, mask)
		return mask
	}
}

function readMask(paths: readonly string[]): RowMask {
	if (paths.length === 0 || (paths.length === 1 && paths[0] === '*')) return { chosen: undefined }
	const chosen = { paths: new Set<string>(), attributeNames: [] as string[] }
	for (const [index, path] of paths.entries()) {
		if (fieldPaths.includes(path)) chosen.paths.add(path)
		else if (path.startsWith(attributePrefix)) chosen.attributeNames.push(path.slice(attributePrefix.length))
		else if (path !== 'sku') {
			return { problem: `update_mask.paths[${index}] must be one of sku, ${fieldPaths.join(', ')}, attributes.NAME` }
		}
	}
	return { chosen }
}
