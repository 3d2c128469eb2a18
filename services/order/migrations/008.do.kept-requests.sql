-- Requests about orders that changed nothing, for a day, so that people can learn why.
create table kept_request (
	at timestamptz(3) not null,
	nonce int not null,
	operation text not null check (operation in ('place', 'pay', 'ship', 'deliver', 'cancel')),
	status smallint not null,
	code text,
	customer_id text collate "C",
	order_id uuid,
	trace_id uuid not null,
	detail text,
	members jsonb not null default '{}',
	primary key (at, nonce)
);
create index kept_request_by_order on kept_request (order_id, at);
create index kept_request_by_trace on kept_request (trace_id);
create index kept_request_by_customer on kept_request (customer_id, at);
alter table kept_request alter column detail set statistics 0;
alter table kept_request alter column members set statistics 0;
comment on table kept_request is
	'Requests about orders that were refused, and copies of requests that were answered as before. Only the newest are kept.';
comment on column kept_request.at is 'When the answer ended, by the clock of the process that gave it';
comment on column kept_request.nonce is
	'A random number. With the time it names the record, so that a record that is written twice is there once.';
comment on column kept_request.code is 'The code of the problem. Null for a copy that was answered as before.';
comment on column kept_request.customer_id is
	'The subject of the token. Null for a request without a valid token, and for one that was refused before its token was read.';
comment on column kept_request.order_id is
	'The order that the request was about, also one that it would have placed. Null when the request named none.';
comment on column kept_request.trace_id is 'The trace id, whose 32 hexadecimal digits are those of a UUID';
comment on column kept_request.members is 'The members of the problem beyond those that every problem has, shortened';

create table kept_request_loss (
	minute timestamptz(0) not null,
	keeper int not null,
	write int not null,
	requests bigint not null,
	primary key (minute, keeper)
) with (fillfactor = 50);
comment on table kept_request_loss is 'How many requests of the last day should be in kept_request and are not';
comment on column kept_request_loss.minute is 'The minute in which they were counted';
comment on column kept_request_loss.keeper is 'A random number of the process that has lost them. 0 counts records that were deleted early.';
comment on column kept_request_loss.write is
	'Which write of the process has counted last, so that a repeated one counts once';
