import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@hey-api/openapi-ts'

export const generatedFolder = join(import.meta.dirname, '../src/generated')
export const documentFile = 'openapi.json'

const printDocument = join(import.meta.dirname, '../../../services/order/scripts/print-openapi.ts')

/** Writes the OpenAPI document of the order service, and a client that is made from it, into `folder`, which is emptied first. */
export async function generateClient(folder: string): Promise<void> {
	const document = execFileSync(process.execPath, [printDocument])
	rmSync(folder, { recursive: true, force: true })
	await createClient({
		input: JSON.parse(document.toString()),
		output: { path: folder, importFileExtension: '.ts', header: [] },
		plugins: ['@hey-api/typescript', '@hey-api/sdk', '@hey-api/client-fetch'],
		logs: { level: 'silent' },
	})
	writeFileSync(join(folder, documentFile), document)
}

/** The files below `folder`, as sorted relative paths. */
export function listFiles(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.sort()
}
