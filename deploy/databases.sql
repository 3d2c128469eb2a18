-- Makes what is missing: for each service a role, and a database that the role owns. The owner of one cannot connect to another.
-- Run it with psql as a superuser, as often as you like. Roles and databases that are there already stay as they are.
\set ON_ERROR_STOP on
\getenv password POSTGRES_PASSWORD

create temporary table service (name text);
insert into service values ('catalog'), ('order'), ('market');

select format('create role %I login password %L', name, :'password')
from service where not exists (select from pg_roles where rolname = name)
\gexec

select format('create database %I owner %I', name, name)
from service where not exists (select from pg_database where datname = name)
\gexec

select format('revoke connect on database %I from public', name) from service
\gexec
