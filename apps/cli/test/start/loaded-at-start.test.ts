import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

// It comes with an import of node:http or node:https, wherever that is: 3 MB, and 2 % of a start.
test.each(['catalog', 'order'])('a start of the %s service does not load an HTTP client', async (service) => {
	const server = new URL(`../../../../services/${service}/src/server.ts`, import.meta.url)
	const script = `
		await import(${JSON.stringify(server.href)})
		console.log(process.moduleLoadList.filter((name) => name.includes('undici')))`
	const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
	expect(stdout).toBe('[]\n')
})
