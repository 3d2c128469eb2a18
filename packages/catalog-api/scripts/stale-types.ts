import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProtoPart } from '../src/proto/proto-files.ts'
import { generateTypes, listFiles } from './generate-types.ts'

/** Reports the generated files of a folder that are not those of the part. The process fails when there are any. */
export function reportStaleTypes(part: ProtoPart, folder: string): void {
	const scratch = mkdtempSync(join(tmpdir(), 'mercat-generated-'))
	try {
		const fresh = join(scratch, 'generated')
		generateTypes(part, fresh)
		const files = new Set([...listFiles(fresh), ...listFiles(folder)])
		const stale = [...files].filter((file) => read(join(fresh, file)) !== read(join(folder, file)))
		if (stale.length > 0) {
			console.error(`generated types are stale, run \`pnpm generate\`: ${stale.join(', ')}`)
			process.exitCode = 1
		}
	} finally {
		rmSync(scratch, { recursive: true, force: true })
	}
}

function read(path: string): string | undefined {
	return existsSync(path) ? readFileSync(path, 'latin1') : undefined
}
