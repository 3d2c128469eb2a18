import { googleFormat } from '../formats/google.ts'
import { mercatFormat } from '../formats/mercat.ts'
import type { ProductFormat } from '../formats/product-format.ts'
import { shopifyFormat } from '../shopify/shopify.ts'
import { woocommerceFormat } from '../woocommerce/woocommerce.ts'

/** The formats that we read. The first one that recognises the columns of a file reads it. */
export const productFormats: ProductFormat[] = [mercatFormat, shopifyFormat, woocommerceFormat, googleFormat]
