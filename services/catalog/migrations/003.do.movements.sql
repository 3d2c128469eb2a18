-- Who made a change: the subject of the token of the call. Null for changes that were made before this column was there.
alter table stock_movement add column who text;

-- Whoever writes a movement holds the lock of the product's stock since an earlier statement. So the movements of a product
-- have their times in the order in which they were made, which the beginning of a transaction would not give.
alter table stock_movement alter column created_at set default statement_timestamp();
create index stock_movement_newest on stock_movement (sku, created_at);
