-- Runs once, on a new volume. Creates a database for each service. The owner of one cannot connect to the other.
\getenv password POSTGRES_PASSWORD

create role catalog login password :'password';
create database catalog owner catalog;
revoke connect on database catalog from public;

create role "order" login password :'password';
create database "order" owner "order";
revoke connect on database "order" from public;

-- The services know this password. Without a password, the superuser can connect only from inside the container.
alter role current_user password null;
