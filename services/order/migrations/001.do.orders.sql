-- Signs page tokens. Two random UUIDs are 244 random bits.
create table page_token_key (
	key text not null default gen_random_uuid() || '/' || gen_random_uuid()
);
insert into page_token_key default values;

-- An order is one row: its lines never change, and its history changes with its status.
-- Times are kept to the millisecond, which is what clients see and page tokens carry.
create table orders (
	-- UUIDv5 of the customer and the idempotency key: the same key cannot make a second order.
	id uuid primary key,
	customer_id text collate "C" not null,
	idempotency_key text collate "C" not null,
	-- SHA-256 of the request body in its canonical form
	fingerprint bytea not null check (length(fingerprint) = 32),
	status text not null check (status in ('placed', 'paid', 'shipped', 'delivered', 'cancelled', 'expired')),
	version bigint not null default 1,
	-- [{ "sku", "title", "quantity", "amountMinor" }], sorted by sku, at the prices of the reservation
	items jsonb not null,
	currency text not null check (currency ~ '^[A-Z]{3}$'),
	total_minor bigint not null check (total_minor between 0 and 9007199254740991),
	-- { shippingAddress, reference, metadata } as the client gave them
	details jsonb not null,
	placed_at timestamptz(3) not null,
	updated_at timestamptz(3) not null,
	-- until when it may be paid
	expires_at timestamptz(3) not null,
	-- [{ "from", "to", "at", "by", "reason", "reference" }], oldest first
	history jsonb not null
) with (fillfactor = 85);
create index orders_by_customer on orders (customer_id, placed_at, id);
create index orders_by_time on orders (placed_at, id);
create index orders_unpaid on orders (expires_at) where status = 'placed';
