-- Replicas of the version before go on selling and importing while this runs. So nothing here reads or writes the rows of a large
-- table, and nothing here waits long for a lock: the statements of the sale wait behind it.
do $$
declare
	given_up_at timestamptz := clock_timestamp() + interval '60 s';
	usual_timeout text := current_setting('lock_timeout');
	this oid := (select oid from pg_database where datname = current_database());
	tables oid[] := array['product'::regclass, 'held_price'::regclass];
	attempt int := 0;
	holders text;
begin
	loop
		begin
			-- Short transactions are waited for. An autovacuum gives way to a lock that waits longer than deadlock_timeout, a second.
			perform set_config('lock_timeout', case when attempt % 5 = 0 and exists (
				select from pg_locks
				where database = this and relation = tables[1] and mode = 'ShareUpdateExclusiveLock' and granted
			) then '1200ms' else '200ms' end, true);
			lock table product in access exclusive mode;
			perform set_config('lock_timeout', '200ms', true);
			lock table held_price in access exclusive mode;
			exit;
		exception when lock_not_available then
			if clock_timestamp() > given_up_at then
				select string_agg(format('%s since %s', holder, coalesce(began_at::text, 'an unknown time')), ', ') into holders from (
					select began_at, case when pid is null then 'a prepared transaction'
						else format('%s (process %s)', coalesce(nullif(application_name, ''), backend_type, 'another user'), pid)
					end as holder
					from (
						select distinct pid, application_name, backend_type, xact_start as began_at
						from pg_locks left join pg_stat_activity using (pid)
						where database = this and relation = any (tables) and granted and pid is distinct from pg_backend_pid()
					) as held
					order by began_at limit 5
				) as oldest;
				raise exception 'other transactions keep the tables product and held_price: %. End them, and start again',
					coalesce(holders, 'many short ones') using errcode = 'object_not_in_prerequisite_state';
			end if;
			attempt := attempt + 1;
			-- The sale goes on.
			perform pg_sleep(0.4);
		end;
	end loop;
	perform set_config('lock_timeout', usual_timeout, true);
end $$;

alter table product
	-- When the present price began. Null when it is older than the history, or as old as the product.
	add column price_began_at timestamptz,
	-- The price as the etag of the product has seen it, when a later one came without a new etag. It counts for this version only.
	add column etag_version bigint,
	add column etag_currency text,
	add column etag_amount_minor bigint;

-- A hold may have the rule of its caller, and an end.
alter table held_price drop constraint held_price_rule_check;
alter table held_price add constraint held_price_rule_check check (rule ~ '^[A-Z][A-Z0-9_]{0,63}$') not valid;
alter table held_price drop constraint held_price_state_check;
alter table held_price add constraint held_price_state_check
	check (state in ('open', 'approved', 'rejected', 'withdrawn', 'expired')) not valid;
create index held_price_ending on held_price (until) where state = 'open' and until is not null;

-- The least and the highest price that a source may set without an approval.
create table price_limit (
	sku text collate "C" primary key references product,
	currency text not null check (currency ~ '^[A-Z]{3}$'),
	floor_minor bigint check (floor_minor between 0 and 9007199254740991),
	ceiling_minor bigint check (ceiling_minor between 0 and 9007199254740991),
	updated_at timestamptz not null default now(),
	who text not null default '',
	constraint price_limit_order check (floor_minor <= ceiling_minor),
	constraint price_limit_given check (floor_minor is not null or ceiling_minor is not null)
);

-- The latest call that applied prices of a source, and what it answered.
create table price_sequence (
	source text collate "C" primary key check (source ~ '^[A-Za-z0-9._-]{1,64}$'),
	sequence bigint not null,
	-- One for each price, in their order: [{ "sku", "result", "holdId" }]
	outcomes jsonb not null,
	applied_at timestamptz not null default now()
);

-- The prices that have ended. The present one stands in `product`, and each begins when the one before ends.
create table price_change (
	sku text collate "C" not null,
	began_at timestamptz not null,
	ended_at timestamptz not null,
	currency text not null,
	amount_minor bigint not null,
	primary key (sku, ended_at),
	constraint price_change_order check (began_at <= ended_at)
) with (autovacuum_vacuum_insert_scale_factor = 0.05);
-- Folding takes the next prices from it, and pruning the oldest ones. A BRIN index would serve only until the pages of pruned prices
-- are used again: then each of its ranges has prices of all times.
create index price_change_ended on price_change (ended_at);

-- A bar of each day (UTC) in which a price of the product began: the prices that were in force on it.
create table price_day (
	sku text collate "C" not null,
	day date not null,
	currency text not null,
	open_minor bigint not null,
	high_minor bigint not null,
	low_minor bigint not null,
	close_minor bigint not null,
	-- How many prices began.
	changes integer not null,
	-- When the closing price began. The bars of a day are told in this order.
	last_began_at timestamptz not null,
	primary key (sku, day, currency)
);

-- The state of the history.
create table price_history (
	only_row boolean primary key default true check (only_row),
	-- Earlier prices are not known.
	began_at timestamptz not null default now(),
	-- Bars have the prices that ended before this time, and no others.
	folded_until timestamptz not null default now(),
	-- Prices that ended before this time were written by transactions before this one.
	mark_xid xid8 not null default pg_current_xact_id(),
	mark_at timestamptz not null default now(),
	-- Prices that ended before this day are only in bars.
	pruned_before date not null default (now() at time zone 'UTC')::date - 40
);
insert into price_history default values;

-- The lowest price of the 30 days before the present one began, for products whose price is a reduction. A row whose `began_at` is
-- not that of the product is over.
create table price_reduction (
	sku text collate "C" primary key,
	began_at timestamptz not null,
	currency text not null,
	lowest_minor bigint not null,
	-- Until then at least, a price was the lowest one. So it is the lowest one of a later window, too, that begins before this time.
	lowest_until timestamptz not null
) with (fillfactor = 80);

-- The log of changes of products. An entry has the changes of one statement, at most 500, and no further one after 256 KB. It has a
-- position once its transaction is committed; entries get their positions in the order of their ids, from one writer at a time.
create table product_change (
	id bigint generated always as identity primary key,
	position bigint unique,
	xid xid8 not null default pg_current_xact_id(),
	at timestamptz not null default clock_timestamp(),
	-- [{ "sku", … }], whole products and prices
	changes text not null
) with (
	autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0, fillfactor = 80
);
create index product_change_waiting on product_change (id) where position is null;
do $$ begin
	alter table product_change alter column changes set compression lz4;
exception when feature_not_supported then
	-- The other compression takes longer than all else that the log costs.
	alter table product_change alter column changes set storage external;
end $$;

create table product_change_log (
	only_row boolean primary key default true check (only_row),
	-- A log that another one takes the place of has another id.
	log_id uuid not null default gen_random_uuid(),
	last_position bigint not null default 0
);
insert into product_change_log default values;

-- Products whose available quantity has changed, as the processes of the catalog tell them.
create table stock_change (
	id bigint generated always as identity primary key,
	xid xid8 not null default pg_current_xact_id(),
	skus text[] not null,
	at timestamptz not null default clock_timestamp()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
create index stock_change_xid on stock_change (xid);

-- What a process was killed with, and what replicas of the version before change, is found by a look through the stock.
create table stock_scan (
	only_row boolean primary key default true check (only_row),
	-- Rows that were written by transactions before this one have been looked at.
	seen_before xid8 not null default pg_snapshot_xmin(pg_current_snapshot()),
	scanned_at timestamptz not null default now(),
	leased_until timestamptz not null default '-infinity',
	-- Changes since then are found without a gap, on this timeline of the server. A failover begins another timeline, and may have
	-- lost changes.
	looked_since timestamptz not null default now(),
	timeline text not null default ''
);
insert into stock_scan default values;

-- A price begins later than the one before, also when the clock was put back.
create function begin_price() returns trigger language plpgsql as $$
begin
	new.price_began_at := greatest(clock_timestamp(), old.price_began_at + interval '1 microsecond');
	return new;
end $$;
create trigger product_price_begins before update of currency, amount_minor on product
	for each row when ((old.currency, old.amount_minor) is distinct from (new.currency, new.amount_minor))
	execute function begin_price();

create or replace function log_new_products() returns trigger language plpgsql as $$
begin
	insert into search_change (skus) select array(select sku from new_rows) where exists (select from new_rows);
	insert into search_waiting (sku) select sku from new_rows where search_epoch = 0 on conflict do nothing;
	insert into product_change (changes)
	select '[' || string_agg(change, ',') || ']'
	from (
		select change, (row_number() over so_far - 1) / 500 as part, sum(octet_length(change)) over so_far / 262144 as bytes_part
		from (
			select row_to_json(product)::text as change
			from (
				select
					sku, title, description, brand, category, currency, amount_minor as "amountMinor", attributes,
					image_urls as "imageUrls", product_group as "group", archived, version, created_at as "createdAt",
					updated_at as "updatedAt"
				from new_rows
			) as product
			-- So each text is made once.
			offset 0
		) as told
		window so_far as (rows unbounded preceding)
	) as parted
	group by part, bytes_part;
	return null;
end $$;

-- A session plans each statement of a function once, for as many rows as it has at its first run. So the rows before and after are
-- brought together by full joins: these are never nested loops, which after a first run with one product would compare each with each.
create or replace function log_changed_products() returns trigger language plpgsql as $$
begin
	insert into search_change (skus, dead_docs)
	select
		array(select sku from new_rows),
		array(select search_doc from old_rows where search_doc is not null except select search_doc from new_rows)
	where exists (select from new_rows);
	insert into search_waiting (sku) select sku from new_rows where search_epoch = 0 on conflict do nothing;

	with changed as materialized (
		select
			sku, before.created_at, before.price_began_at as began_before, before.currency as currency_before,
			before.amount_minor as minor_before, after.price_began_at, after.currency, after.amount_minor
		from old_rows as before full join new_rows as after using (sku)
		where after.price_began_at is distinct from before.price_began_at
	), ended as (
		insert into price_change (sku, began_at, ended_at, currency, amount_minor)
		select
			sku,
			-- The clock may have been put back.
			coalesce(began_before, least(greatest(created_at, history.began_at), price_began_at)),
			price_began_at, currency_before, minor_before
		from changed, price_history as history
	)
	-- The reduction before knows the lowest price of its window. Only when that one has ended too early for this window, the window is
	-- read again: from bars, and at its edges from the prices.
	insert into price_reduction (sku, began_at, currency, lowest_minor, lowest_until)
	select
		after.sku, after.price_began_at, after.currency, least(edge.minor, rest.minor),
		case when edge.minor < rest.minor then edge.until else rest.until end
	from changed as after cross join price_history as history
	cross join lateral (
		select (after.price_began_at - interval '30 days') as start,
			((after.price_began_at - interval '30 days') at time zone 'UTC')::date as start_day
	) as reference_window
	left join price_reduction as known
		on known.sku = after.sku and known.currency = after.currency and known.lowest_until > start
	cross join lateral (
		select minor, until
		from (
			select minor_before as minor, after.price_began_at as until
			union all
			select known.lowest_minor, known.lowest_until where known.sku is not null
			union all
			select amount_minor, ended_at from price_change as ended
			where ended.sku = after.sku and ended.currency = after.currency
				and ended_at > coalesce(known.began_at, start)
				and ended_at >= case when known.sku is null then folded_until else '-infinity' end
			union all
			select low_minor, day::timestamp at time zone 'UTC' from price_day as bar
			where known.sku is null and bar.sku = after.sku and bar.currency = after.currency and day > start_day
		) as found
		order by minor, until desc limit 1
	) as rest
	left join lateral (
		select amount_minor as minor, ended_at as until from price_change as ended
		where known.sku is null and ended.sku = after.sku and ended.currency = after.currency
			and ended_at > start and ended_at < (start_day + 1)::timestamp at time zone 'UTC'
			and rest.minor > (
				select low_minor from price_day as bar
				where bar.sku = after.sku and bar.currency = after.currency and day = start_day
			)
		order by minor, until desc limit 1
	) as edge on true
	where after.currency = currency_before and after.amount_minor < minor_before
	on conflict (sku) do update set
		began_at = excluded.began_at, currency = excluded.currency,
		lowest_minor = excluded.lowest_minor, lowest_until = excluded.lowest_until;

	-- A change of the price alone leaves the version, and is told alone.
	insert into product_change (changes)
	select '[' || string_agg(change, ',') || ']'
	from (
		select change, (row_number() over so_far - 1) / 500 as part, sum(octet_length(change)) over so_far / 262144 as bytes_part
		from (
			select case when after.version = before.version then (
				select row_to_json(price)::text
				from (
					select
						after.sku, after.currency, after.amount_minor as "amountMinor", after.price_began_at as "priceBeganAt",
						lowest_minor as "lowestMinor"
				) as price
			) else (
				select row_to_json(product)::text
				from (
					select
						after.sku, after.title, after.description, after.brand, after.category, after.currency,
						after.amount_minor as "amountMinor", after.price_began_at as "priceBeganAt",
						lowest_minor as "lowestMinor", after.attributes, after.image_urls as "imageUrls",
						after.product_group as "group", after.archived, after.version, after.created_at as "createdAt",
						after.updated_at as "updatedAt"
				) as product
			) end as change
			from old_rows as before full join new_rows as after using (sku)
			left join price_reduction as reduction on reduction.sku = after.sku and reduction.began_at = after.price_began_at
			where after.version is distinct from before.version or after.price_began_at is distinct from before.price_began_at
			offset 0
		) as told
		window so_far as (rows unbounded preceding)
	) as parted
	group by part, bytes_part;
	return null;
end $$;
