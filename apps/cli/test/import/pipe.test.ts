import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { mercat } from '@mercat/testing/run-mercat'
import { expect, test } from 'vitest'
import { jwtSecret, startTestCatalog } from '../start-catalog.ts'

test('An import of /dev/stdin reads a pipe to its end, and ends as an import of a file does', async () => {
	await using catalog = await startTestCatalog()
	// Only a shell makes a pipe of the kernel: Node gives a socket to its children.
	const command = 'printf "%s" "$ROWS" | "$MERCAT" import /dev/stdin --catalog "$CATALOG"'
	const env = {
		PATH: process.env['PATH'],
		JWT_SECRET: jwtSecret,
		MERCAT: mercat,
		CATALOG: `127.0.0.1:${catalog.port}`,
		ROWS: 'sku,title,price,currency\nPIPE-1,Mug,9.90,EUR\nPIPE-2,Cup,9.90,EUR\n',
	}
	const child = spawn('sh', ['-c', command], { env })
	const [stdout, stderr, ended] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
	expect({ stdout, stderr, ended }).toEqual({
		stdout: '2 rows: 2 created, 0 updated, 0 unchanged, 0 failed\n',
		stderr: '',
		ended: [0, null],
	})
})
