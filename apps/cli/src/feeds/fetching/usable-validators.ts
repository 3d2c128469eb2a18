import type { Validators } from './fetch-result.ts'

// The catalog keeps no longer ones. HTTP has no other characters in a value, and no text of ours has control characters.
const usable = /^[\x20-\x7e\xa0-\xff]{0,1000}$/

/** The validators that can be kept and sent back. Without one, the next request is not conditional. */
export function usableValidators({ etag, lastModified }: Validators): Validators {
	return { etag: usable.test(etag) ? etag : '', lastModified: usable.test(lastModified) ? lastModified : '' }
}
