import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { nodeFlags } from '../../src/process/node-flags.ts'

const services = new URL('../../../../services/', import.meta.url)

test('every way to start a service tells Node the same', () => {
	for (const service of ['catalog', 'order']) {
		const { scripts } = JSON.parse(readFileSync(new URL(`${service}/package.json`, services), 'utf8'))
		expect(scripts.start).toBe(['node', ...nodeFlags, 'src/main.ts'].join(' '))
	}
	const entryPoint = JSON.stringify(['node', ...nodeFlags, 'src/main.ts']).replaceAll(',', ', ')
	expect(readFileSync(new URL('../deploy/Dockerfile', services), 'utf8')).toContain(`\nENTRYPOINT ${entryPoint}\n`)
})
