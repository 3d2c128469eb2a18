-- When the catalog acknowledged that the order's stock is sold; nothing ships before.
alter table orders add column stock_committed_at timestamptz(3);

-- What a transition owes to others: one row per message and destination, written with the transition.
create table outbox (
	id bigint generated always as identity primary key,
	order_id uuid not null references orders,
	-- The order's version that the transition made; with the order it names the message.
	version bigint not null,
	-- `catalog`, or the URL of a webhook
	destination text not null,
	-- `commit` or `release` for the catalog; for a webhook the event's type
	type text not null,
	-- what an event says of the order
	data jsonb,
	created_at timestamptz(3) not null default clock_timestamp(),
	state text not null default 'pending' check (state in ('pending', 'delivered', 'dead')),
	attempts int not null default 0,
	-- While a relay works on the message this is the end of its lease.
	next_attempt_at timestamptz not null default clock_timestamp(),
	settled_at timestamptz,
	last_error text,
	unique (order_id, version, destination)
) with (fillfactor = 80);
create index outbox_due on outbox (destination, next_attempt_at) where state = 'pending';
create index outbox_settled on outbox (settled_at) where state = 'delivered';
