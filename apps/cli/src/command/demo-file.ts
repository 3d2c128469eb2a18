import { fileURLToPath } from 'node:url'

/** The path of the products of the demo catalog. */
export const demoFile = fileURLToPath(new URL('../../demo/products.ndjson', import.meta.url))
