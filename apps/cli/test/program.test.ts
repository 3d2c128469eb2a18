import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { developmentSecret } from '@mercat/service/config'
import { createLog } from '@mercat/service/log'
import { scopes } from '@mercat/service/scopes'
import { createTokenVerifier, tokenRules } from '@mercat/service/tokens'
import { mercat, runMercat } from '@mercat/testing/run-mercat'
import { describe, expect, test } from 'vitest'

const log = createLog('test', 'silent')
const verify = createTokenVerifier(tokenRules({ secret: developmentSecret, issuer: 'mercat', audience: 'mercat' }, log))

function claimsOf(token: string): { iat: number; exp: number; iss: string; aud: string } {
	return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

test('the command ends without an error when nobody reads its output any more', async () => {
	const child = spawn(mercat, ['--help'], { stdio: ['ignore', 'pipe', 'pipe'] })
	child.stdout.destroy()
	let errors = ''
	child.stderr.on('data', (chunk) => {
		errors += chunk
	})
	const [exitCode] = await once(child, 'close')
	expect({ exitCode, errors }).toEqual({ exitCode: 141, errors: '' })
})

describe('mercat token', () => {
	test('prints only a token, which the development secret signs for one hour with the scopes of orders', async () => {
		const { exitCode, stdout, stderr } = await runMercat(['token', '--sub', 'alice'])
		expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
		expect(stdout).toMatch(/^\S+\n$/)
		const { subject, scopes } = await verify(stdout.trim())
		expect({ subject, scopes: [...scopes] }).toEqual({ subject: 'alice', scopes: ['orders:read', 'orders:write'] })
		const { iat, exp } = claimsOf(stdout)
		expect(exp - iat).toBe(3_600)
	})

	test('signs the token that its options and the environment describe', async () => {
		const variables = { JWT_SECRET: 'a secret of at least thirty-two bytes', JWT_ISSUER: 'shop', JWT_AUDIENCE: 'api' }
		const { stdout } = await runMercat(['token', '--sub', 'bob', '--scope', 'orders:manage', '--ttl', '7d'], variables)
		const check = createTokenVerifier(
			tokenRules({ secret: variables.JWT_SECRET, issuer: 'shop', audience: 'api' }, log),
		)
		expect([...(await check(stdout.trim())).scopes]).toEqual(['orders:manage'])
		const { iat, exp } = claimsOf(stdout)
		expect(exp - iat).toBe(7 * 86_400)
	})

	test.each([
		['token', '--sub', 'alice'],
		['import', 'products.csv'],
		['webhooks', 'list'],
	])('a secret that the services refuse is refused by mercat %s, too', async (...args) => {
		const { exitCode, stdout, stderr } = await runMercat(args, { JWT_SECRET: 'hidden' })
		expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
		expect(stderr).toBe('mercat: configuration error: JWT_SECRET must have at least 32 bytes\n')
	})

	test('lists every scope in its help', async () => {
		const { stdout } = await runMercat(['token', '--help'])
		for (const [scope, meaning] of Object.entries(scopes)) {
			const start = meaning.split(' ', 3).join(' ')
			expect(stdout).toMatch(new RegExp(`^  ${scope} +${start}`, 'm'))
		}
	})

	test('refuses a scope that no service checks, and names the scope', async () => {
		const { exitCode, stdout, stderr } = await runMercat([
			'token',
			'--sub',
			'bob',
			'--scope',
			'orders:read orders:mange',
		])
		expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
		expect(stderr).toContain("error: no service checks the scope 'orders:mange'. The scopes are orders:read, ")
	})

	test('says without its options what is missing and where the help is, and not the whole help', async () => {
		const { stderr } = await runMercat(['token'])
		expect(stderr).toBe(
			"error: required option '--sub <customer>' not specified\nUsage: mercat token [options]\nHelp: npx --yes pnpm@12 mercat token --help\n",
		)
	})

	test('signs a scope that no service checks with --force', async () => {
		const { exitCode, stdout } = await runMercat(['token', '--sub', 'bob', '--scope', 'reports:read', '--force'])
		expect(exitCode).toBe(0)
		expect([...(await verify(stdout.trim())).scopes]).toEqual(['reports:read'])
	})

	test.each([
		[[]],
		[['--sub', '']],
		[['--sub', 'two words']],
		[['--sub', 'ä']],
		[['--sub', 'x'.repeat(129)]],
		[['--sub', 'alice', '--ttl', '1w']],
		[['--sub', 'alice', '--ttl', '0s']],
		[['--sub', 'alice', '--ttl', '-1h']],
		[['--sub', 'alice', 'extra']],
		[['--sub', 'alice', '--admin']],
	])('reports a usage error for the arguments %j', async (args) => {
		const { exitCode, stdout, stderr } = await runMercat(['token', ...args])
		expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
		expect(stderr).toContain('Usage: mercat')
	})
})

test.each(['0s', '1w', '15', '1000000d'])('mercat token says what --ttl %s must be', async (ttl) => {
	const { stderr } = await runMercat(['token', '--sub', 'alice', '--ttl', ttl])
	expect(stderr.split('\n')[0]).toMatch(
		/It must be a whole number from 1 to 999999 and s, m, h or d, such as 15m or 7d\.$/,
	)
})

describe('mercat', () => {
	test('lists its commands when asked for help', async () => {
		const { exitCode, stdout, stderr } = await runMercat(['--help'])
		expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
		for (const command of [
			'start',
			'token',
			'import',
			'audit',
			'backup',
			'restore',
			'mark',
			'doctor',
			'order',
			'outbox',
			'webhooks',
			'demo-load',
		])
			expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'))
	})

	test.each([[['nonsense']], [['--nonsense']], [['start', 'now']], [['import']]])(
		'reports a usage error in a few lines for the arguments %j',
		async (args) => {
			const { exitCode, stdout, stderr } = await runMercat(args)
			expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
			expect(stderr).toContain('Usage: mercat')
		},
	)

	test('lists its commands when it gets no argument', async () => {
		const { exitCode, stdout, stderr } = await runMercat([])
		expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
		expect(stderr).toContain('Usage: mercat')
	})

	test('suggests the option that was meant', async () => {
		const { stderr } = await runMercat(['doctor', '--catalog-bd', 'x'])
		expect(stderr).toContain('(Did you mean --catalog-db?)')
	})

	test('prints its version', async () => {
		const { exitCode, stdout } = await runMercat(['--version'])
		expect([exitCode, stdout]).toEqual([0, '0.1.0\n'])
	})

	test('names a wrong environment variable without its value', async () => {
		const { exitCode, stderr } = await runMercat(['start'], { CATALOG_PORT: 'hidden' })
		expect(exitCode).toBe(1)
		expect(stderr).toBe('mercat: configuration error: CATALOG_PORT must be a whole number from 0 to 65535\n')
	})
})
