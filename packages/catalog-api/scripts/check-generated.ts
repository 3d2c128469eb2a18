// Fails when the generated types are stale, when the contract breaks a lint rule, or when it breaks
// the released contract in proto/baseline.binpb.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { catalogProto, protoFolder } from '../src/proto/proto-files.ts'
import { reportStaleTypes } from './stale-types.ts'

reportStaleTypes(catalogProto, fileURLToPath(new URL('../src/generated', import.meta.url)))

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
