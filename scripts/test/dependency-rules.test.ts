import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { deprecatedPackages, refusedLicences } from '../dependency-rules.ts'

describe('a licence', () => {
	const refused = (licence: string) => refusedLicences({ [licence]: [{ name: 'thing', versions: ['1.0.0', '2.0.0'] }] })

	test.each(['MIT', 'Apache-2.0', '(MIT OR GPL-3.0)', 'GPL-3.0 OR ISC', '(MIT OR CC0-1.0)'])(
		'of %s is allowed',
		(licence) => {
			expect(refused(licence)).toEqual([])
		},
	)

	test.each(['GPL-3.0', 'AGPL-3.0-only', 'Unknown', 'UNLICENSED', 'MIT AND GPL-3.0', '(LGPL-3.0 OR GPL-3.0)', 'mit'])(
		'of %s is refused, naming the package',
		(licence) => {
			expect(refused(licence)).toEqual([`thing@1.0.0,2.0.0 (${licence})`])
		},
	)
})

describe('a lockfile', () => {
	const lockfile = readFileSync(new URL('../../pnpm-lock.yaml', import.meta.url), 'utf8')

	test('names each package that is deprecated', () => {
		const integrity = /^ {2}('@grpc\/grpc-js@[\d.]+'|pg@[\d.]+):\n {4}resolution: .*\n/gm
		const deprecated = lockfile.replace(integrity, '$&    deprecated: use another\n')
		expect(deprecatedPackages(deprecated)).toEqual([
			expect.stringMatching(/^@grpc\/grpc-js@[\d.]+ \(use another\)$/),
			expect.stringMatching(/^pg@[\d.]+ \(use another\)$/),
		])
	})

	test('without such packages names none', () => {
		expect(deprecatedPackages(lockfile.replaceAll(/^ {4}deprecated: .*\n/gm, ''))).toEqual([])
	})
})
