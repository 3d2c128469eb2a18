import { InvalidArgumentError } from 'commander'

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
