import type { ProductFormat } from '../formats/product-format.ts'
import { productFormats } from './product-formats.ts'

/** The format that files with these columns have; undefined where no format knows them. */
export function recogniseFormat(columns: string[]): ProductFormat | undefined {
	return productFormats.find(({ recognises }) => recognises(columns))
}
