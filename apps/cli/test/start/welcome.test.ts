import { developmentSecret } from '@mercat/service/config'
import { expect, test } from 'vitest'
import { welcome } from '../../src/start/welcome.ts'

const signingKey = { secret: developmentSecret, issuer: 'mercat', audience: 'mercat' }

test('the welcome says which service has which metrics', () => {
	const metrics = { order: '127.0.0.1:9464', catalog: '127.0.0.1:9465' }
	const text = welcome({ catalog: '127.0.0.1:50051', order: '127.0.0.1:8080', metrics }, signingKey)
	expect(text).toMatch(/^metrics of the order service +http:\/\/127\.0\.0\.1:9464\/metrics$/m)
	expect(text).toMatch(/^metrics of the catalog +http:\/\/127\.0\.0\.1:9465\/metrics$/m)
})
