import { ProductFileError } from '../product-file-error.ts'

const save = 'save the table as CSV (UTF-8)'

const signatures = [
	{ hex: 'fffe0000', kind: 'in UTF-32', advice: 'save it as UTF-8' },
	{ hex: '0000feff', kind: 'in UTF-32', advice: 'save it as UTF-8' },
	{ hex: '504b0304', kind: 'a ZIP archive or an Excel workbook', advice: save },
	{ hex: 'd0cf11e0', kind: 'an Excel workbook', advice: save },
	{ hex: '1f8b', kind: 'compressed by gzip', advice: 'decompress it' },
	{ hex: '28b52ffd', kind: 'compressed by zstd', advice: 'decompress it' },
	{ hex: '25504446', kind: 'a PDF document', advice: save },
]

/**
 * Refuses a file whose first bytes are those of a known kind that cannot be read as text.
 *
 * @throws ProductFileError NOT_TEXT
 */
export function refuseOtherKinds(head: Uint8Array): void {
	const hex = Buffer.from(head.subarray(0, 4)).toString('hex')
	const found = signatures.find((signature) => hex.startsWith(signature.hex))
	if (found !== undefined) throw new ProductFileError('NOT_TEXT', `the file is ${found.kind}: ${found.advice}`)
}
