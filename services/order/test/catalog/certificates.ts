import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'

/** PEM texts. */
type Certificate = { cert: string; key: string }

/** An authority of its own, which signs for this machine only. */
export async function createAuthority(name: string) {
	const authority = await issue(name, [
		{ name: 'basicConstraints', cA: true, critical: true },
		{ name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
	])
	return {
		...authority,
		/** A certificate for both ends of a connection. */
		sign: (commonName: string) =>
			issue(
				commonName,
				[
					{ name: 'basicConstraints', cA: false, critical: true },
					{ name: 'extKeyUsage', serverAuth: true, clientAuth: true },
					{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
				],
				authority,
			),
	}
}

type Extensions = NonNullable<NonNullable<Parameters<typeof generate>[1]>['extensions']>

async function issue(commonName: string, extensions: Extensions, ca?: Certificate): Promise<Certificate> {
	const attributes = [{ name: 'commonName', value: commonName }]
	const { cert, private: key } = await generate(attributes, { keyType: 'ec', algorithm: 'sha256', extensions, ca })
	return { cert, key }
}

/** Files of a certificate, as the settings of a service name them. */
export async function writePemFiles({ cert, key }: Certificate) {
	const folder = await mkdtemp(join(tmpdir(), 'mercat-tls-'))
	const [certPath, keyPath] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
	await writeFile(certPath, cert)
	await writeFile(keyPath, key, { mode: 0o600 })
	return { certPath, keyPath, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}
