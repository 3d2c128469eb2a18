import { isSku, isSource, skuRule, sourceRule } from '@mercat/catalog-api/identifiers'
import { InvalidArgumentError } from 'commander'
import { isAddress } from './address.ts'

/** Reads the URL of an option. */
export function toHttpUrl(text: string): string {
	if (!/^https?:$/.test(URL.parse(text)?.protocol ?? ''))
		throw new InvalidArgumentError('It must be an http: or https: URL.')
	return text
}

/** Reads the URL of a receiver of events, which has the form that WEBHOOK_URLS asks for. */
export function toReceiverUrl(text: string): string {
	if (/[\s,@]/.test(text)) throw new InvalidArgumentError('It must have no password, no blank and no comma.')
	return toHttpUrl(text)
}

/** Reads the URL of a service, to which paths are added. */
export function toServiceUrl(text: string): string {
	return toHttpUrl(text).replace(/\/+$/, '')
}

export function toAddress(text: string): string {
	if (!isAddress(text)) throw new InvalidArgumentError('It must be HOST:PORT, with a port from 1 to 65535.')
	return text
}

/** Reads the id of an order or of a webhook. */
export function toId(text: string): string {
	if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text))
		throw new InvalidArgumentError('It must be an id, such as 8f9327af-a615-50c9-b8a4-1e836388d3c5.')
	return text.toLowerCase()
}

export function toSku(text: string): string {
	if (!isSku(text)) throw new InvalidArgumentError(`It must be ${skuRule}`)
	return text
}

/** Reads the name of a source, which is the name of its feed. */
export function toSource(text: string): string {
	if (!isSource(text)) throw new InvalidArgumentError(`It must have ${sourceRule}.`)
	return text
}
