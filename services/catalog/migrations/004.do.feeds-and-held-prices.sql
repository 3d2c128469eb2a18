-- Replicas of the version before go on selling and importing while this runs. Columns with a constant default are added
-- without writing a row, and the statements of these replicas fill them with it.

-- The variants of one thing share a group. The sources own the parts of a product; an empty one is the shop itself.
-- `archived_by` is the source whose feed has archived the product, and empty when a person has.
alter table product
	add column product_group text not null default '',
	add column content_source text not null default '',
	add column price_source text not null default '',
	add column quantity_source text not null default '',
	add column archived_by text not null default '';
create index product_content_source on product (content_source, sku) where content_source <> '';

-- A feed, named as its source. A run that is renewed keeps the feed for itself.
create table feed (
	name text collate "C" primary key check (name ~ '^[A-Za-z0-9._-]{1,64}$'),
	-- The number of the latest run.
	run_number bigint not null default 0,
	-- Infinitely long ago when the latest run has ended.
	leased_until timestamptz not null default '-infinity',
	max_price_change_percent double precision not null default 50 check (max_price_change_percent > 0),
	-- What the source said of itself when the feed was applied whole: { "etag", "lastModified", "settingsDigest" }. Null from
	-- the first write for the source until the feed is applied whole again.
	validators jsonb,
	last_synced_at timestamptz
);

create table feed_run (
	feed text collate "C" not null references feed,
	number bigint not null,
	started_at timestamptz not null default now(),
	ended_at timestamptz,
	outcome text check (outcome in ('synced', 'unchanged', 'held', 'failed', 'stopped', 'notRun')),
	reason text not null default '',
	-- { "bytes", "attempts", "rows", "created", "updated", "unchanged", "held", "rejected", "missing" }
	counts jsonb not null default '{}',
	primary key (feed, number),
	constraint feed_run_ended check ((outcome is null) = (ended_at is null))
);

-- A price that waits for an approval while the old one sells. A product has at most one open hold.
create table held_price (
	id uuid primary key,
	sku text collate "C" not null references product,
	source text not null,
	rule text not null check (rule in ('PRICE_FELL', 'PRICE_ROSE', 'CURRENCY_CHANGED')),
	old_currency text not null,
	old_amount_minor bigint not null,
	new_currency text not null check (new_currency ~ '^[A-Z]{3}$'),
	new_amount_minor bigint not null check (new_amount_minor between 0 and 9007199254740991),
	-- The numbers that the rule has compared.
	figures jsonb not null,
	-- What other sources have sent meanwhile: { SOURCE: { "currency", "amountMinor", "at" } }
	opinions jsonb not null default '{}',
	state text not null default 'open' check (state in ('open', 'approved', 'rejected', 'withdrawn')),
	since timestamptz not null default statement_timestamp(),
	-- No rule ends a hold by itself yet.
	until timestamptz,
	resolved_at timestamptz,
	-- The person who approved or rejected it.
	resolved_by text,
	-- When the source of a rejected price has sent another one. Until then it is neither held again nor applied.
	lapsed_at timestamptz,
	constraint held_price_resolved check ((state = 'open') = (resolved_at is null))
);
create unique index held_price_open on held_price (sku) where state = 'open';
create index held_price_queue on held_price (since, id) where state = 'open';
create index held_price_rejected on held_price (sku, source) where state = 'rejected' and lapsed_at is null;
