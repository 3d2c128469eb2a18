import type { ProblemKind } from './problem-kind.ts'

/** Problems of reading events, and of webhooks that receive them. */
export const eventProblems = {
	WEBHOOK_NOT_FOUND: {
		status: 404,
		title: 'No such webhook',
		meaning: 'No webhook has this id. It may be deleted.',
		remedy: 'List the webhooks with `GET /v1/webhooks`.',
	},
	DELIVERY_NOT_FOUND: {
		status: 404,
		title: 'No such delivery',
		meaning: 'The webhook has no delivery with this id. Deliveries are deleted together with their events.',
		remedy: 'List the deliveries of the webhook.',
	},
	TOO_MANY_WEBHOOKS: {
		status: 409,
		title: 'Too many webhooks',
		meaning: 'There are 100 webhooks, which is the limit; none was made.',
		remedy: 'Delete a webhook, or give one webhook several types of events.',
	},
	WEBHOOK_OF_ENVIRONMENT: {
		status: 409,
		title: 'The environment decides about this webhook',
		meaning: 'The webhook is a URL of `WEBHOOK_URLS`; nothing was changed.',
		remedy:
			'Change `WEBHOOK_URLS` and `WEBHOOK_SECRET`. The state and the description can be changed here. A webhook with `endedAt` can be deleted, or be given a URL.',
	},
	POSITION_EXPIRED: {
		status: 410,
		title: 'Events after this position are deleted',
		meaning:
			'The log no longer has every event after this position. `first` is the position of the first event that is left.',
		remedy: 'Read the present state of the orders, then read the events from the beginning: leave `after` out.',
	},
	WEBHOOK_TARGET_REFUSED: {
		status: 422,
		title: 'The URL of the webhook is refused',
		meaning: 'The URL leads to an address that is not public, such as a private or a loopback address.',
		remedy: 'Use a URL that is reached over the internet. An operator can permit other addresses.',
	},
	TOO_MANY_STREAMS: {
		status: 429,
		title: 'Too many streams',
		meaning: 'You, or all clients together, have as many open streams as the service permits.',
		remedy: 'Close a stream, wait for the time in `Retry-After`, or read the events as pages.',
		retryAfterS: 5,
	},
	WEBHOOKS_NOT_CONFIGURED: {
		status: 501,
		title: 'Webhooks are not configured',
		meaning: 'The service has no `SECRETS_KEY` to encrypt the secrets of webhooks with; nothing was done.',
		remedy: 'Ask the operator to set `SECRETS_KEY`.',
	},
} as const satisfies Record<string, ProblemKind>
