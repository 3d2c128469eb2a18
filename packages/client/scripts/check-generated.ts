// Fails when the OpenAPI document or the client is stale, or when the document breaks a lint rule.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { documentFile, generateClient, generatedFolder, listFiles } from './generate-client.ts'

const scratch = mkdtempSync(join(tmpdir(), 'mercat-client-'))
try {
	const fresh = join(scratch, 'generated')
	await generateClient(fresh)
	const files = new Set([...listFiles(fresh), ...listFiles(generatedFolder)])
	const stale = [...files].filter((file) => read(join(fresh, file)) !== read(join(generatedFolder, file)))
	if (stale.length > 0) {
		console.error(`the OpenAPI document or its client is stale, run \`pnpm generate\`: ${stale.join(', ')}`)
		process.exitCode = 1
	}
} finally {
	rmSync(scratch, { recursive: true, force: true })
}

const packageFolder = join(import.meta.dirname, '..')
try {
	// Both variables keep it from the network.
	execFileSync(
		join(packageFolder, 'node_modules/.bin/redocly'),
		['lint', join(generatedFolder, documentFile), '--config', join(packageFolder, 'redocly.yaml')],
		{
			stdio: ['ignore', 'inherit', 'pipe'],
			encoding: 'utf8',
			env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
		},
	)
} catch (error) {
	console.error((error as { stderr?: string }).stderr)
	process.exitCode = 1
}

function read(path: string): string | undefined {
	return existsSync(path) ? readFileSync(path, 'latin1') : undefined
}
