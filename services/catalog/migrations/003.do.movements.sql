-- Replicas of the version before go on selling while this runs. So nothing here writes a row of the ledger, or sorts its rows.

-- Who made a change: the subject of the token of the call. It is null for the movements that were made before this column was
-- there, and empty for those that a replica of the version before makes meanwhile.
alter table stock_movement add column who text;
alter table stock_movement alter column who set default '';
alter table stock_movement add constraint stock_movement_who check (who is not null) not valid;

-- Whoever writes a movement holds the lock of the product's stock since an earlier statement. So the movements of a product
-- have their times in the order in which they were made, which the beginning of a transaction would not give.
alter table stock_movement alter column created_at set default statement_timestamp();

-- It has no entry for the movements from before, so it is made in one look through them.
create index stock_movement_newest on stock_movement (sku, created_at) where who is not null;
