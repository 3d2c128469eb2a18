import { developmentSecret } from '@mercat/service/config'
import { createTokenVerifier, tokenRules } from '@mercat/service/tokens'
import { expect, test } from 'vitest'
import { welcome } from '../../src/start/welcome.ts'

const signingKey = { secret: developmentSecret, issuer: 'mercat', audience: 'mercat' }

test('the welcome says which service has which metrics', () => {
	const metrics = { order: '127.0.0.1:9464', catalog: '127.0.0.1:9465' }
	const text = welcome({ catalog: '127.0.0.1:50051', order: '127.0.0.1:8080', metrics }, signingKey, {
		hasConsole: false,
		demo: true,
	})
	expect(text).toMatch(/^metrics of the order service +http:\/\/127\.0\.0\.1:9464\/metrics$/m)
	expect(text).toMatch(/^metrics of the catalog +http:\/\/127\.0\.0\.1:9465\/metrics$/m)
})

test('the welcome has a link to the console with a token of staff that is valid for 8 hours', async () => {
	const addresses = { catalog: '127.0.0.1:50051', order: '127.0.0.1:8080' }
	const text = welcome(addresses, signingKey, { hasConsole: true, demo: true })
	const [, token = ''] = /^console http:\/\/127\.0\.0\.1:8080\/console\/#token=(\S+)$/m.exec(text) ?? []
	expect(text).toContain("browser's history may keep it")
	const { subject, scopes } = await createTokenVerifier(tokenRules(signingKey, { warn() {} }))(token)
	expect(subject).toBe('staff')
	expect([...scopes].sort()).toEqual(
		[
			...['orders:manage', 'orders:read', 'orders:write', 'webhooks:manage'],
			...['events:read', 'catalog:write', 'market:read', 'market:manage'],
		].sort(),
	)
	const { iat, exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
	expect(exp - iat).toBe(8 * 3_600)
	expect(welcome(addresses, signingKey, { hasConsole: false, demo: true })).not.toContain('/console/')
})

test('without the demo products, the welcome orders nothing', () => {
	const addresses = { catalog: '127.0.0.1:50051', order: '127.0.0.1:8080' }
	const [withDemo, without] = [true, false].map((demo) => welcome(addresses, signingKey, { hasConsole: false, demo }))
	expect(withDemo).toContain('"MUG-STONE-350"')
	expect(without).not.toContain('MUG-STONE-350')
	expect(without).toContain('`mercat import FILE`')
})
