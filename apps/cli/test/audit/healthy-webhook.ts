import type { HealthyShop } from './healthy-shop.ts'

export const webhookId = '11111111-1111-4111-8111-111111111111'

/**
 * Statements that make a webhook the only one of a healthy shop. It has read the whole log. An event of the cancelled order is dead. Of
 * the shipped order one event is pending after a failure, and another one waits for it. All other events are delivered.
 */
export const addWebhook = ({ shipped, cancelled }: HealthyShop['ids']) => [
	'delete from webhook',
	`insert into webhook (id, origin, url, types, position, since_position)
	select '${webhookId}', 'api', 'https://receiver.example/events', '{*}', last_position, 0 from event_log`,
	`insert into webhook_delivery (webhook_id, position, order_id, version, type, state, attempts, tries)
	select '${webhookId}', position, order_id, version, 'mercat.order.' || status || '.v1', 'delivered',
		'[{ "at": "2026-11-29T10:00:00Z", "ms": 3, "status": 204, "answer": "" }]', 1 from event`,
	`update webhook_delivery set state = 'dead',
		attempts = '[{ "at": "2026-11-29T10:00:00Z", "ms": 3, "status": 500, "error": "HTTP 500", "answer": "" }]'
	where order_id = '${cancelled}' and version = 2`,
	`update webhook_delivery set state = 'pending', next_attempt_at = clock_timestamp() + interval '1 h',
		attempts = '[{ "at": "2026-11-29T10:00:00Z", "ms": 10000, "error": "no answer" }]'
	where order_id = '${shipped}' and version = 2`,
	`update webhook_delivery set state = 'pending', next_attempt_at = null, attempts = '[]', tries = 0
	where order_id = '${shipped}' and version = 3`,
]
