import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@hey-api/openapi-ts'
import { type Document, documentForCallers, keyedOperationsModule, problemsModule } from './document-parts.ts'

export const generatedFolder = join(import.meta.dirname, '../src/generated')
export const documentFile = 'openapi.json'

const printDocument = join(import.meta.dirname, '../../../services/order/scripts/print-openapi.ts')

/** Writes the OpenAPI document of the order service, and a client that is made from it, into `folder`, which is emptied first. */
export async function generateClient(folder: string): Promise<void> {
	const text = execFileSync(process.execPath, [printDocument]).toString()
	const document: Document = JSON.parse(text)
	rmSync(folder, { recursive: true, force: true })
	await createClient({
		input: documentForCallers(document),
		output: { path: folder, importFileExtension: '.ts', header: [] },
		plugins: [
			'@hey-api/typescript',
			// Without a client of its own, nobody can forget to name the one that asks again and throws problems.
			{ name: '@hey-api/sdk', client: false },
			{ name: '@hey-api/client-fetch', throwOnError: true },
		],
		logs: { level: 'silent' },
	})
	writeFileSync(join(folder, 'keyed-operations.gen.ts'), keyedOperationsModule(document))
	writeFileSync(join(folder, 'problems.gen.ts'), problemsModule(document))
	writeFileSync(join(folder, documentFile), text)
}

/** The files below `folder`, as sorted relative paths. */
export function listFiles(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.sort()
}
