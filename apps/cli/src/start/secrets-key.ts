import { randomBytes } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '@mercat/database/make-folder'

/**
 * The file in `dataDir` with the key that encrypts the secrets of webhooks. The first call makes it; later calls leave it as
 * it is, because another key could not decrypt what the database has.
 */
export function keepSecretsKey(dataDir: string): string {
	const path = join(dataDir, 'secrets-key')
	if (existsSync(path)) return path
	makeFolder(dataDir)
	writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600, flush: true })
	return path
}
