-- Run once, on a new volume: for each service a database, whose owner may not open the other's.
\getenv password POSTGRES_PASSWORD

create role catalog login password :'password';
create database catalog owner catalog;
revoke connect on database catalog from public;

create role "order" login password :'password';
create database "order" owner "order";
revoke connect on database "order" from public;

-- The services know its password; without one it can sign in from inside the container only.
alter role current_user password null;
