// Fails when an import, a folder or a file breaks the rules of the layout. With `--figures` it prints figures instead.
// It looks at this checkout, or at the one in the folder that it is given.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { checkLayout } from './layout/layout.ts'
import { readCheckout } from './layout/read-checkout.ts'

const { values, positionals } = parseArgs({ options: { figures: { type: 'boolean' } }, allowPositionals: true })
const root = resolve(positionals[0] ?? `${import.meta.dirname}/..`)
const { violations, figures } = checkLayout(readCheckout(root))
if (values.figures) {
	for (const [name, figure] of Object.entries(figures)) console.log(`${name}: ${figure}`)
} else {
	for (const { sentence } of violations) console.error(sentence)
	if (violations.length > 0) process.exitCode = 1
}
