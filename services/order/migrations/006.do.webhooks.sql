-- Subscriptions to the log of events, and what became of each delivery.
create table webhook (
	id uuid primary key default gen_random_uuid(),
	origin text not null check (origin in ('api', 'environment')),
	url text not null,
	types text[] not null,
	description text not null default '',
	state text not null default 'active' check (state in ('active', 'paused')),
	secrets jsonb not null default '[]',
	created_at timestamptz(3) not null default clock_timestamp(),
	position bigint not null,
	since_position bigint not null,
	until_position bigint,
	ended_at timestamptz(3),
	failures_in_row int not null default 0,
	hold_until timestamptz not null default '-infinity',
	lease_id uuid,
	leased_until timestamptz not null default '-infinity'
);
create unique index webhook_of_environment on webhook (url) where origin = 'environment';
comment on column webhook.origin is 'api, or environment for a URL of WEBHOOK_URLS';
comment on column webhook.types is 'The types of events that it receives; * is every type';
comment on column webhook.secrets is
	'[{ sealed, signsUntil }], the newest first. sealed is encrypted. signsUntil is there only for a replaced secret. Empty for environment, which signs with WEBHOOK_SECRET.';
comment on column webhook.position is
	'Each event up to this position that the webhook receives has a row in webhook_delivery. Later events are pending.';
comment on column webhook.since_position is 'Where its present types began to count';
comment on column webhook.until_position is 'Where it ends, for a URL that left WEBHOOK_URLS; null is never';
comment on column webhook.ended_at is 'When the URL left WEBHOOK_URLS';
comment on column webhook.failures_in_row is
	'New events whose first attempt has failed, since the last delivery of any event. With many the receiver counts as down: almost no new event is tried, only failed ones are tried again.';
comment on column webhook.hold_until is 'No new event is tried before this time, because the receiver has asked for it';
comment on column webhook.lease_id is 'The process that works on it until leased_until. No other process does.';

create table webhook_delivery (
	-- No foreign key: its check for each delivery would cost as much as the delivery's row.
	webhook_id uuid not null,
	position bigint not null,
	order_id uuid not null,
	version bigint not null,
	type text not null,
	state text not null check (state in ('pending', 'delivered', 'dead')),
	attempts jsonb not null default '[]',
	tries int not null default 0,
	trying_since timestamptz(3) not null default clock_timestamp(),
	next_attempt_at timestamptz(3),
	primary key (webhook_id, position)
);
create index webhook_delivery_due on webhook_delivery (webhook_id, next_attempt_at)
	where state = 'pending' and next_attempt_at is not null;
create index webhook_delivery_pending_order on webhook_delivery (webhook_id, order_id, version) where state = 'pending';
create index webhook_delivery_dead on webhook_delivery (webhook_id, position) where state = 'dead';
alter table webhook_delivery alter column attempts set statistics 0;
comment on table webhook_delivery is
	'One event for one webhook, from the first attempt on, or from when it waits for an earlier event of its order';
comment on column webhook_delivery.attempts is
	'Oldest first: [{ at, ms, status, error, answer }]. status is absent without an answer, error is there only for a failure, answer is the first kilobyte of the body.';
comment on column webhook_delivery.tries is 'Attempts since trying_since, which decide the next delay';
comment on column webhook_delivery.trying_since is 'The first attempt, or the last redelivery. A delivery is dead three days later.';
comment on column webhook_delivery.next_attempt_at is
	'When a pending delivery is due. Null while an earlier delivery of its order is pending, so that a search for due deliveries passes over no waiting row.';
