import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runMercat } from '@mercat/testing/run-mercat'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withEnvFile } from '../../src/env-file/env-file.ts'

let folder: string
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-env-file-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function issuerOf(token: string): unknown {
	return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).iss
}

test('mercat reads the file .env of the folder that it runs in', async () => {
	writeFileSync(join(folder, '.env'), '# settings\nJWT_ISSUER="the shop"\n')
	const { stdout } = await runMercat(['token', '--sub', 'alice'], {}, folder)
	expect(issuerOf(stdout)).toBe('the shop')
})

test('the environment counts more than the file .env', async () => {
	writeFileSync(join(folder, '.env'), 'JWT_ISSUER=file\n')
	const { stdout } = await runMercat(['token', '--sub', 'alice'], { JWT_ISSUER: 'environment' }, folder)
	expect(issuerOf(stdout)).toBe('environment')
})

test('a secret of the environment counts more than one that .env names a file for, and the other way round', () => {
	writeFileSync(join(folder, '.env'), 'JWT_SECRET_FILE=/a/file\nSECRETS_KEY=key\nDATA_DIR=data\n')
	const env = withEnvFile({ JWT_SECRET: 'given', SECRETS_KEY_FILE: '/given', DATA_DIR: '' }, folder)
	expect(env).toEqual({ JWT_SECRET: 'given', SECRETS_KEY_FILE: '/given', DATA_DIR: '' })
})

test('mercat says in one line that .env cannot be read', async () => {
	mkdirSync(join(folder, '.env'))
	const { exitCode, stderr } = await runMercat(['token', '--sub', 'alice'], {}, folder)
	expect(exitCode).toBe(1)
	expect(stderr).toMatch(/^mercat: \S+\.env cannot be read: it must be a file[^\n]*\n$/)
})
