-- Who made a change: the subject of the token of the call. Null for changes that were made before this column was there.
alter table stock_movement add column who text;

-- The changes of a product in the order in which they were made: whoever writes one holds the lock of the product's stock.
alter table stock_movement add column id bigint not null generated always as identity;
create index stock_movement_newest on stock_movement (sku, id);
