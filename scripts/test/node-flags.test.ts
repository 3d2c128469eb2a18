import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { nodeFlags } from '../../packages/service/src/process/node-flags.ts'

const root = new URL('../../', import.meta.url)

test('the start scripts of the services and the image run Node with the same flags', () => {
	for (const service of ['catalog', 'order', 'market']) {
		const { scripts } = JSON.parse(readFileSync(new URL(`services/${service}/package.json`, root), 'utf8'))
		expect(scripts.start).toBe(['node', ...nodeFlags, 'src/main.ts'].join(' '))
	}
	const entryPoint = JSON.stringify(['node', ...nodeFlags, 'src/main.ts']).replaceAll(',', ', ')
	expect(readFileSync(new URL('deploy/Dockerfile', root), 'utf8')).toContain(`\nENTRYPOINT ${entryPoint}\n`)
})
