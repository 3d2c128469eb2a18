-- Signs page tokens. Two random UUIDs are 244 random bits.
create table page_token_key (
	key text not null default gen_random_uuid() || '/' || gen_random_uuid()
);
insert into page_token_key default values;

-- A source of live prices. The process that owns it follows it, and no other does.
create table source (
	name text collate "C" primary key check (name ~ '^[A-Za-z0-9._-]{1,64}$'),
	-- The effects of all messages up to this one are stored. Null before the first message.
	folded_seq bigint,
	-- The number of the latest tick block. It rises also when the source begins its own numbers again.
	block bigint not null default 0,
	-- The latest sequence of ApplyPrices that a round has taken.
	apply_sequence bigint not null default 0,
	-- When the effects of a message were stored last, by the clock of the database.
	stored_at timestamptz,
	owner uuid,
	-- By the clock of the database.
	owned_until timestamptz not null default '-infinity'
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);

-- The prices that are sent to the catalog, stored before they are sent. One for each source: the latest. Its calls have the sequences
-- first_sequence, first_sequence + 1, …, and a call that is sent again has the same prices.
create table apply_round (
	source text collate "C" primary key references source,
	first_sequence bigint not null,
	-- Prices of later blocks are in no round yet.
	upto_block bigint not null,
	-- What the calls send: [[[sku, currency, amount, rule?, figures?], …], …]
	calls text not null,
	stored_at timestamptz not null default clock_timestamp()
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 100, autovacuum_vacuum_cost_delay = 0);
do $$ begin
	alter table apply_round alter column calls set compression lz4;
exception when feature_not_supported then
	null;
end $$;

-- Which source the price of a product belongs to, as the catalog has said last.
create table price_source (
	sku text collate "C" primary key,
	source text collate "C" not null
);

-- All ticks of a source as they came, with their verdicts. A row has the ticks of one transaction.
create table tick_block (
	source text collate "C" not null,
	-- 1, 2, 3, … of the source, without a gap.
	block bigint not null,
	first_seq bigint not null,
	last_seq bigint not null,
	-- When the block was folded, by the clock of the process that follows the source.
	begun_at timestamptz not null,
	tick_count integer not null,
	-- Packed by the service.
	ticks bytea not null,
	primary key (source, block, begun_at)
) partition by range (begun_at);
-- They are packed already.
alter table tick_block alter column ticks set storage external;

-- The accepted prices of each second. A late tick that was before `open_ms` gives the bar another open price. Of ticks with the same
-- time the order of their messages decides.
create table bar_1s (
	begin timestamptz not null,
	open bigint not null,
	high bigint not null,
	low bigint not null,
	close bigint not null,
	ticks integer not null,
	-- When the open and the close price were, in milliseconds since the second began.
	open_ms smallint not null,
	close_ms smallint not null,
	currency text collate "C" not null,
	sku text collate "C" not null,
	primary key (sku, begin, currency)
) partition by range (begin);

-- Bars of larger steps, each made from those of the step below.
create table bar_1m (
	begin timestamptz not null,
	open bigint not null,
	high bigint not null,
	low bigint not null,
	close bigint not null,
	ticks bigint not null,
	currency text collate "C" not null,
	sku text collate "C" not null,
	primary key (sku, begin, currency)
) partition by range (begin);
create table bar_1h (like bar_1m, primary key (sku, begin, currency)) partition by range (begin);
create table bar_1d (like bar_1m, primary key (sku, begin, currency)) partition by range (begin);

-- Bars of 1 s have the accepted ticks of all blocks of a source up to this one, and of no later one.
create table bar_fold (
	source text collate "C" primary key,
	block bigint not null
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);

-- The bars of larger steps that are to be made, or made again, from those of the step below.
create table bar_dirty (
	sku text collate "C" not null,
	step text not null check (step in ('1m', '1h', '1d')),
	begin timestamptz not null,
	primary key (sku, step, begin)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
create index bar_dirty_due on bar_dirty (step, begin);
-- Rises when rows of bar_dirty are deleted.
create sequence bar_dirty_generation;
