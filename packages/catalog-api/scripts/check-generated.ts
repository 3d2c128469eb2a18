// Fails when the generated types are stale, when the contract breaks a lint rule, or when it breaks
// the released contract in proto/baseline.binpb.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { protoFolder } from '../src/proto-files.ts'
import { generatedFolder, generateTypes, listFiles } from './generate-types.ts'

const scratch = mkdtempSync(join(tmpdir(), 'mercat-generated-'))
try {
	const fresh = join(scratch, 'generated')
	generateTypes(fresh)
	const files = new Set([...listFiles(fresh), ...listFiles(generatedFolder)])
	const stale = [...files].filter((file) => read(join(fresh, file)) !== read(join(generatedFolder, file)))
	if (stale.length > 0) {
		console.error(`generated types are stale, run \`pnpm generate\`: ${stale.join(', ')}`)
		process.exitCode = 1
	}
} finally {
	rmSync(scratch, { recursive: true, force: true })
}

const proto = fileURLToPath(protoFolder)
for (const args of [
	['lint', proto],
	['breaking', proto, '--against', join(proto, 'baseline.binpb')],
]) {
	try {
		execFileSync(join(import.meta.dirname, '../node_modules/.bin/buf'), args, { stdio: 'inherit' })
	} catch {
		process.exitCode = 1
	}
}

function read(path: string): string | undefined {
	return existsSync(path) ? readFileSync(path, 'latin1') : undefined
}
