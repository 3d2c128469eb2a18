-- The comments in 001 and 002 name the members of `history` wrongly. These comments are right and stay in the database.
comment on column orders.id is
	'UUIDv5 of customer_id and idempotency_key, so that one key of a customer never makes two orders';
comment on column orders.version is
	'The number of transitions, with the placing. Clients see it as the ETag.';
comment on column orders.items is
	'[{ sku, title, quantity, amountMinor }], sorted by sku, at the prices of the reservation';
comment on column orders.details is
	'{ shippingAddress, reference, metadata }, each only when the client gave it';
comment on column orders.expires_at is
	'An order that is still placed at this time can no longer be paid, and expires';
comment on column orders.history is
	'The transitions of the order, oldest first: [{ from, to, when, who, why, reference, messages }]. '
	'from is null for the placing. who is the subject of a token, or system: and a part of the service. '
	'why and reference are there only when the transition has them. '
	'messages is the number of messages that the transition wrote to the outbox.';
comment on column orders.stock_committed_at is
	'When the catalog acknowledged that the stock is sold. Null before that; an order ships only after it.';
comment on table outbox is
	'Messages of transitions: commands to the catalog and events to webhooks. Each is written with its transition.';
comment on column outbox.version is
	'The version of the order after the transition';
comment on column outbox.destination is
	'catalog, or the URL of a webhook';
comment on column outbox.type is
	'commit or release for the catalog; the type of the event for a webhook';
comment on column outbox.data is
	'The data of the event; null for a command';
comment on column outbox.next_attempt_at is
	'When the next attempt is due. While a relay works on the message, the end of its lease.';
comment on column outbox.settled_at is
	'When the message was delivered or given up; null while it is pending';
