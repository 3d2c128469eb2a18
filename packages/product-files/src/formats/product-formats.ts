import { googleFormat } from './google.ts'
import { mercatFormat } from './mercat.ts'
import type { ProductFormat } from './product-format.ts'

/** The formats that we read. The first one that recognises the columns of a file reads it. */
export const productFormats: ProductFormat[] = [mercatFormat, googleFormat]
