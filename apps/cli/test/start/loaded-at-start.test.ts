import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

// Node loads its HTTP client with the first import of node:http or node:https. It takes 3 MB, and 2 % of a start.
test('the catalog starts without loading an HTTP client', async () => {
	const server = import.meta.resolve('@mercat/catalog/server')
	const script = `
		await import(${JSON.stringify(server)})
		console.log(process.moduleLoadList.filter((name) => name.includes('undici')))`
	const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
	expect(stdout).toBe('[]\n')
})
