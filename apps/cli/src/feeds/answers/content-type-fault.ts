const neverFeeds =
	/^(?:image|audio|video|font|multipart|model)\/|^text\/(?:html|css|javascript)$|^application\/(?:xhtml\+xml|pdf|javascript|zip|wasm|vnd\.openxmlformats.*|vnd\.ms-excel|msword)$/

/**
 * Why a content type cannot be that of a feed. Sources often send text/plain, application/octet-stream or nothing, so only
 * what is something else for sure is refused.
 */
export function contentTypeFault(contentType: string | undefined): string | undefined {
	const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
	if (type === 'text/html' || type === 'application/xhtml+xml')
		return `the source sent an HTML page (${type}) and no feed`
	return neverFeeds.test(type) ? `the source sent ${type} and no feed` : undefined
}
