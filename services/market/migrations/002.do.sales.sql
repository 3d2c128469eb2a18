-- What orders have sold, by step, for each status that orders enter. A transition counts once, at its own time.
create table sales_1m (
	-- What `key` is.
	dimension text collate "C" not null check (dimension in ('sku', 'category', 'status')),
	-- The status that the orders have entered; empty where it is the key.
	status text collate "C" not null,
	begin timestamptz not null,
	-- A product's category is the one that it had when the transition was counted. It is empty where none is known.
	key text collate "C" not null,
	currency text collate "C" not null,
	-- An order with several products of a category counts once for the category.
	orders bigint not null,
	quantity bigint not null,
	-- The sum of amounts up to 2^53 may be larger than a bigint.
	amount_minor numeric not null,
	primary key (dimension, status, begin, key, currency)
) partition by range (begin);
create table sales_1h (like sales_1m including constraints, primary key (dimension, status, begin, key, currency)) partition by range (begin);
create table sales_1d (like sales_1m including constraints, primary key (dimension, status, begin, key, currency)) partition by range (begin);

-- One row: the place of the sales in the log of events of the order service. It changes in the transaction of their effects.
create table sales_fold (
	singleton boolean primary key default true check (singleton),
	-- Events up to this position are counted. Null before the first page of the log.
	position bigint,
	-- All transitions that the log had at this time are counted.
	folded_through timestamptz,
	-- How often events that the log has lost were taken out again.
	undos bigint not null default 0,
	-- The process that reads the log, until when by the clock of the database.
	owner uuid,
	owned_until timestamptz not null default '-infinity'
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
insert into sales_fold default values;

-- The events that were counted last, as they were counted. With them, the sales are made right when the log was put back.
create table sales_page (
	upto bigint primary key,
	-- The position of the sales before the page. Null before the first page.
	after bigint,
	events text not null
);
do $$ begin
	alter table sales_page alter column events set compression lz4;
exception when feature_not_supported then
	null;
end $$;
