create extension if not exists pg_trgm;

-- Signs page tokens. Two random UUIDs are 244 random bits.
create table page_token_key (
	key text not null default gen_random_uuid() || '/' || gen_random_uuid()
);
insert into page_token_key default values;

create table product (
	sku text collate "C" primary key check (sku ~ '^[A-Za-z0-9._-]{1,64}$'),
	title text not null,
	description text not null,
	brand text not null,
	category text not null,
	currency text not null check (currency ~ '^[A-Z]{3}$'),
	amount_minor bigint not null check (amount_minor between 0 and 9007199254740991),
	attributes jsonb not null,
	image_urls text[] not null,
	archived boolean not null default false,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	-- What search reads, written with the product: words with weights, and the folded text that typos are compared with.
	search_document tsvector not null,
	search_text text not null
);
create index product_search_document on product using gin (search_document);
create index product_search_text on product using gin (search_text gin_trgm_ops);
create index product_category on product (category text_pattern_ops);
create index product_brand on product (brand);

-- What is sold and what is promised. The checks make an oversell impossible, whatever the code does.
create table stock (
	sku text collate "C" primary key references product,
	on_hand bigint not null default 0,
	held bigint not null default 0,
	constraint stock_on_hand_range check (on_hand between 0 and 9007199254740991),
	constraint stock_held_not_negative check (held >= 0),
	constraint stock_never_oversold check (held <= on_hand)
) with (fillfactor = 70);

-- The ledger: every change of on_hand, one effect per cause. Its deltas add up to on_hand.
create table stock_movement (
	sku text collate "C" not null references stock,
	-- `set` and `adjust` with their request id, `commit` and `return` with the order's id.
	kind text not null check (kind in ('set', 'adjust', 'commit', 'return')),
	cause text not null,
	delta bigint not null,
	reason text not null default '',
	created_at timestamptz not null default now(),
	primary key (sku, kind, cause)
);

-- Who holds what. A reservation is one row: its lines never change alone, and carry the title and the
-- price of the moment when the stock was held.
create table reservation (
	order_id uuid primary key,
	state text not null check (state in ('held', 'committed', 'released', 'expired')),
	-- [{ "sku", "title", "quantity", "amountMinor" }], sorted by sku
	lines jsonb not null,
	currency text,
	total_minor bigint check (total_minor between 0 and 9007199254740991),
	expires_at timestamptz,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	constraint reservation_priced check (state = 'released' or (currency is not null and total_minor is not null and expires_at is not null))
) with (fillfactor = 80);
create index reservation_sweepable on reservation (expires_at) where state = 'held';
