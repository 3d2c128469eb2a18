/** What a source said of a feed, to ask it for something newer the next time. An absent one is empty. */
export type Validators = { etag: string; lastModified: string }

/** What became of one attempt to fetch a feed. */
export type AttemptResult =
	| { outcome: 'fetched'; path: string; bytes: number; validators: Validators }
	| { outcome: 'unchanged' }
	/** `retryAfterMs` is the time that the source asks to wait; undefined when there must be no other attempt. */
	| { outcome: 'failed'; reason: string; bytes?: number; retryAfterMs?: number }

/** What became of all attempts. The bytes are those of the last body, as it came. */
export type FetchResult =
	| { outcome: 'fetched'; path: string; bytes: number; attempts: number; validators: Validators }
	| { outcome: 'unchanged'; attempts: number }
	| { outcome: 'failed'; reason: string; bytes: number; attempts: number }
