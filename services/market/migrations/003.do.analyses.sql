-- What the checks would have said of stored ticks with other settings.
create table analysis (
	id uuid primary key,
	source text collate "C" not null,
	-- The ticks that were stored in this time, by the clock of the process that followed the source.
	since timestamptz not null,
	until timestamptz not null,
	-- All settings of the checks, as JSON.
	settings text not null,
	status text not null check (status in ('waiting', 'running', 'done', 'cancelled', 'failed')),
	created_by text not null,
	created_at timestamptz not null default clock_timestamp(),
	started_at timestamptz,
	ended_at timestamptz,
	-- The process that runs it, and for how long it is trusted to.
	owner uuid,
	owned_until timestamptz,
	ticks bigint not null default 0,
	percent smallint not null default 0,
	-- JSON, of one that is done.
	result text,
	-- Why it failed. Null when its process has died.
	reason text,
	check ((status = 'running') = (owner is not null)),
	check ((status = 'done') = (result is not null))
) with (fillfactor = 50);
create index analysis_created on analysis (created_at, id);
create index analysis_waiting on analysis (created_at, id) where status = 'waiting';
-- One runs at a time, whichever process has it.
create unique index analysis_running on analysis (status) where status = 'running';
