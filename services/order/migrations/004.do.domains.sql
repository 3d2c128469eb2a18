-- What one column alone must be is said by its type: the server reads a table's checks anew for each statement that
-- writes to it, which was an eighth of writing one order.
create domain order_status as text check (value in ('placed', 'paid', 'shipped', 'delivered', 'cancelled', 'expired'));
create domain currency_code as text check (value ~ '^[A-Z]{3}$');
create domain minor_units as bigint check (value between 0 and 9007199254740991);
create domain sha_256 as bytea check (length(value) = 32);
alter table orders
	drop constraint orders_fingerprint_check,
	drop constraint orders_status_check,
	drop constraint orders_currency_check,
	drop constraint orders_total_minor_check,
	alter column fingerprint type sha_256,
	alter column status type order_status,
	alter column currency type currency_code,
	alter column total_minor type minor_units;
