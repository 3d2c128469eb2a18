-- Replicas of the version before go on selling and importing while this runs. So nothing here reads or writes the rows of a large
-- table.

-- `search_doc` is the number of the present text of a product in the index. `search_epoch` is the epoch of the index in which it
-- was made. 0 means that the text is to be indexed (again), and null that the product is older than the index.
alter table product
	add column search_doc integer,
	add column search_epoch integer;
-- Replicas of the version before insert products with this value.
alter table product alter column search_epoch set default 0;

-- The state of the index.
create table search_index (
	only_row boolean primary key default true check (only_row),
	-- Rises when every product is to be indexed anew.
	epoch integer not null default 1,
	-- The version of the code that makes tokens of texts.
	analysis integer not null default 0,
	-- A rebuild goes through all products by sku, and has reached this one. Null when no rebuild is under way.
	rebuilt_to text collate "C",
	-- Then it looks for products that were written with the epoch before. It begins when all transactions below this id have
	-- ended. Null while the rebuild goes through the products for the first time.
	check_from xid8,
	-- How many products the rebuild has passed, and how many there were when it began.
	rebuild_done bigint not null default 0,
	rebuild_total bigint not null default 0,
	-- Whether the first build has ended. Until then the index of the version before answers.
	complete boolean not null,
	completed_at timestamptz,
	-- Rises with each change of the synonyms.
	synonyms_version integer not null default 0,
	-- The changes that a past moment knows are deleted once the moment is ten minutes old. It stands here, and not in the memory of
	-- a process, because processes may live for a shorter time.
	changes_known pg_snapshot not null default pg_current_snapshot(),
	changes_known_at timestamptz not null default now(),
	constraint search_index_completed check (complete = (completed_at is not null))
);
insert into search_index (complete, completed_at, rebuilt_to)
select is_empty, case when is_empty then '-infinity'::timestamptz end, case when not is_empty then '' end
from (select not exists (select from product) as is_empty) as products;

-- No statement reads these.
drop index product_category, product_brand;
-- The index of the version before answers until the first build has ended. Without products there is nothing to build.
do $$ begin
	if (select complete from search_index) then drop index product_search_document, product_search_text; end if;
end $$;

-- Each process takes a range of numbers at a time.
create sequence search_doc as integer increment by 1024;

-- The products with the epoch 0, and some that no longer have it. An index on `product` would be made by a look through all of them.
create table search_waiting (
	sku text collate "C" primary key
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);

-- The index of the products of one transaction, until it is folded into the postings.
create table search_segment (
	id bigint generated always as identity primary key,
	docs integer not null,
	-- Its docs are between these, with docs of other segments. When the bytes are damaged, their products are indexed anew.
	first_doc integer not null,
	last_doc integer not null,
	data bytea not null,
	created_at timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
alter table search_segment alter column data set storage external;

-- Which docs have a token, and where. The rows of a token have no doc in common.
create table search_posting (
	token text collate "C" not null,
	first_doc integer not null,
	postings bytea not null,
	primary key (token, first_doc)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_cost_delay = 0);
alter table search_posting alter column postings set storage external;

-- The vocabulary of the postings: in how many docs a token is, dead ones included, and how many rows it has.
create table search_word (
	word text collate "C" primary key,
	docs integer not null,
	rows integer not null,
	-- New words have higher ids. Each process follows them.
	id bigint generated always as identity unique
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_cost_delay = 0, fillfactor = 80);

-- Words that have lost docs: `word lost left` for each, separated by spaces. Only one transaction at a time writes here, so ids
-- commit in their order. Each process follows them.
create table search_word_loss (
	id bigint generated always as identity primary key,
	words text not null,
	at timestamptz not null default now()
);

-- The sweep goes through all postings, and leaves out docs that have died. It begins when docs have died.
create table search_sweep (
	only_row boolean primary key default true check (only_row),
	-- The row of postings that it has reached. Null when no sweep is under way.
	token text collate "C",
	first_doc integer not null default 0,
	-- How many docs had died when it began, and how many since.
	dead_before bigint not null default 0,
	dead_since bigint not null default 0,
	last_began_at timestamptz not null default now(),
	last_death_at timestamptz not null default '-infinity',
	-- The deaths in this snapshot are counted.
	counted pg_snapshot not null default pg_current_snapshot(),
	-- No process takes a step before.
	next_at timestamptz not null default '-infinity'
);
insert into search_sweep default values;

-- A line of a synonym table: words that mean the same, or words that also mean others.
create table search_synonym (
	id integer primary key,
	-- Empty when all of `meanings` mean the same.
	words text[] not null,
	meanings text[] not null
);

-- The products that may have changed, and the docs that have died: a row for each statement, in no order. Each process
-- follows it.
create table search_change (
	id bigint generated always as identity primary key,
	xid xid8 not null default pg_current_xact_id(),
	skus text[] not null,
	dead_docs integer[] not null default '{}',
	at timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
create index search_change_xid on search_change (xid);

create function log_new_products() returns trigger language plpgsql as $$
begin
	insert into search_change (skus) select array(select sku from new_rows) where exists (select from new_rows);
	insert into search_waiting (sku) select sku from new_rows where search_epoch = 0 on conflict do nothing;
	return null;
end $$;
create trigger product_inserted after insert on product
	referencing new table as new_rows
	for each statement execute function log_new_products();

create function log_changed_products() returns trigger language plpgsql as $$
begin
	insert into search_change (skus, dead_docs)
	select
		array(select sku from new_rows),
		array(select search_doc from old_rows where search_doc is not null except select search_doc from new_rows)
	where exists (select from new_rows);
	insert into search_waiting (sku) select sku from new_rows where search_epoch = 0 on conflict do nothing;
	return null;
end $$;
create trigger product_updated after update on product
	referencing new table as new_rows old table as old_rows
	for each statement execute function log_changed_products();

-- A product that is sold out, or no longer. Other changes of the stock cost nothing.
create function log_flipped_stock() returns trigger language plpgsql as $$
begin
	insert into search_change (skus) values (array[new.sku]);
	return null;
end $$;
create trigger stock_flipped after update of on_hand, held on stock
	for each row when ((old.on_hand > old.held) is distinct from (new.on_hand > new.held))
	execute function log_flipped_stock();

-- A replica of the version before changes a text and knows nothing of docs.
create function forget_epoch() returns trigger language plpgsql as $$
begin
	new.search_epoch := 0;
	return new;
end $$;
create trigger product_text_changed before update of title, description, brand, category, attributes on product
	for each row when (
		old.search_doc is not distinct from new.search_doc
		and (old.title, old.description, old.brand, old.category, old.attributes)
			is distinct from (new.title, new.description, new.brand, new.category, new.attributes)
	)
	execute function forget_epoch();
