-- The log of events: one event for each transition of an order, in an order that never changes.
--
-- An event is found again from its order and version, because what an order was at a version never changes. So the log
-- stores no document.

create table event (
	position bigint primary key,
	order_id uuid not null,
	version bigint not null,
	status text not null,
	logged_at timestamptz(3) not null default clock_timestamp(),
	unique (order_id, version)
);
comment on table event is 'The events that have a position. The writer of the log inserts rows; only the retention deletes them.';
comment on column event.position is 'The place in the log. Positions become visible in ascending order. There may be gaps.';
comment on column event.version is 'The version of the order after the transition';
comment on column event.status is 'The status of the order after the transition. It gives the type of the event.';
comment on column event.logged_at is 'When the event got its position. The retention counts from this time.';

create table event_inbox (
	id bigint generated always as identity primary key,
	order_ids uuid[] not null,
	version bigint not null,
	status text not null,
	happened_at timestamptz(3) not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
comment on table event_inbox is
	'Transitions whose events have no position yet. A trigger inserts them with the transition; the writer of the log takes them.';
comment on column event_inbox.order_ids is 'The orders that one statement has brought to this version and status';

create table event_log (
	singleton boolean primary key default true check (singleton),
	last_position bigint not null default 0,
	began_at timestamptz(3) not null,
	pruned_before timestamptz(3)
);
comment on table event_log is 'One row. Whoever gives positions locks it, so that there is one writer at a time.';
comment on column event_log.last_position is 'The position of the last event that has one';
comment on column event_log.began_at is 'Transitions from before this time have no event';
comment on column event_log.pruned_before is 'Events that were logged before this time are deleted';

-- Triggers write the inbox, because replicas of the previous version must write it, too, while an update is under way.
-- Only a restore of data inserts an order with a later version. Its earlier versions may still be on their way to the inbox.
-- A statement that waits for the lock of the order of an earlier transition inserts its row later, so the ids of the
-- inbox ascend with the versions of an order.
create function log_placed_orders() returns trigger language plpgsql as $$
begin
	insert into event_inbox (order_ids, version, status, happened_at)
	select array(select id from placed where version = 1), 1, 'placed', updated_at from placed where version = 1 limit 1;
	return null;
end $$;
create trigger orders_placed after insert on orders
	referencing new table as placed for each statement execute function log_placed_orders();

create function log_transition() returns trigger language plpgsql as $$
begin
	insert into event_inbox (order_ids, version, status, happened_at)
	values (array[new.id], new.version, new.status, new.updated_at);
	return null;
end $$;
create trigger orders_changed after update of version on orders
	for each row when (new.version <> old.version) execute function log_transition();

-- The triggers have locked the table against writes, so no transition is under way now.
insert into event_log (began_at) values (clock_timestamp());
