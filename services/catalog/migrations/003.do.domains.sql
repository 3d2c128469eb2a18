-- What one column alone must be is said by its type: the server reads a table's checks anew for each statement that
-- writes to it.
create domain reservation_state as text check (value in ('held', 'committed', 'released', 'expired'));
create domain minor_units as bigint check (value between 0 and 9007199254740991);
alter table reservation
	drop constraint reservation_state_check,
	drop constraint reservation_total_minor_check,
	alter column state type reservation_state,
	alter column total_minor type minor_units;
