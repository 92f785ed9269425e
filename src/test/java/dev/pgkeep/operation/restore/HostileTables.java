package dev.pgkeep.operation.restore;

/** Tables whose constraints, triggers and names get into the way of whoever puts rows into them. */
final class HostileTables {
    static final String SQL = """
            create table parent (id int primary key, name text);
            insert into parent select n, 'p' || n from generate_series(1, 500) n;
            create table child (
                id int generated always as identity primary key,
                parent int references parent on delete cascade on update cascade,
                doubled int generated always as (parent * 2) stored);
            comment on constraint child_parent_fkey on child is 'it''s kept';
            insert into child (parent) select 1 + n % 500 from generate_series(1, 2000) n;
            create table myself (id int primary key, up int references myself on delete set null);
            insert into myself select n, nullif(n - 1, 0) from generate_series(1, 300) n;

            create table log (what text, at serial);
            create function noted() returns trigger language plpgsql as $$
            begin
                insert into public.log (what) values (tg_name || tg_op);
                if tg_op = 'DELETE' then return old; end if;
                return new;
            end $$;
            create table watched (id int primary key, x text);
            insert into watched select n, 'x' from generate_series(1, 300) n;
            create trigger usual after insert or delete or update on watched for each row execute function noted();
            create trigger always before insert or delete or update on watched for each row execute function noted();
            create trigger replica before insert or delete or update on watched for each row execute function noted();
            create trigger disabled before insert or delete or update on watched for each row execute function noted();
            create constraint trigger late after insert or delete or update on watched deferrable initially deferred
                for each row execute function noted();
            create trigger whole after insert or delete or update or truncate on watched
                for each statement execute function noted();
            alter table watched enable always trigger always;
            alter table watched enable replica trigger replica;
            alter table watched disable trigger disabled;
            create function refused() returns trigger language plpgsql as $$ begin return null; end $$;
            create table kept (id int primary key, x text);
            insert into kept select n, 'x' from generate_series(1, 100) n;
            create trigger kept before insert or delete on kept for each row execute function refused();
            alter table kept disable trigger kept;
            alter table kept enable always trigger kept;

            create table checked (id int primary key, n int);
            insert into checked values (1, -1), (2, 2), (3, -3);
            alter table checked add constraint positive check (n > 0) not valid;
            comment on constraint positive on checked is 'from now on';
            create table elder (id int, n int);
            create table younger (own int) inherits (elder);
            insert into elder values (1, -1), (2, 2);
            insert into younger values (3, -3, 1), (4, 4, 2);
            alter table elder add constraint elders_positive check (n > 0) not valid;
            alter table younger add constraint own_positive check (own > 0);
            create table swapped (id int primary key, place int unique, late int unique deferrable initially deferred,
                during int4range, exclude using gist (during with &&));
            insert into swapped select n, n, n, int4range(n * 10, n * 10 + 5) from generate_series(1, 100) n;

            create table by_place (id int, place text, v text, primary key (id, place)) partition by list (place);
            create table north partition of by_place for values in ('n');
            create table south partition of by_place for values in ('s') partition by range (id);
            create table south_low partition of south for values from (0) to (100);
            create table south_rest partition of south default;
            alter table south add constraint south_id unique (id);
            insert into by_place select n, case when n % 2 = 0 then 'n' else 's' end, 'v' from generate_series(1, 300) n;
            create table of_south (id int primary key references south (id) on delete cascade on update cascade);
            insert into of_south select id from south;
            create trigger parts after insert or delete or update on by_place for each row execute function noted();
            alter table by_place enable always trigger parts;

            create schema "Odd ""Schema\""";
            create table "Odd ""Schema\"""."Ta'ble $1 \\ ünï" ("Se""lect" int, "col umn" text, "user" int primary key);
            insert into "Odd ""Schema\"""."Ta'ble $1 \\ ünï" select n, 'ü' || n, n from generate_series(1, 300) n;
            create table "table" ("order" int, "group" text);
            insert into "table" select n, E'\\\\N' from generate_series(1, 10) n;

            create sequence loose increment -3 minvalue -1000 start -5;
            create sequence untouched;
            select nextval('loose');
            create materialized view counted as select count(*) from parent;
            create materialized view above as select * from counted;
            create materialized view unfilled as select 1 as one with no data;
            """;

    static final String CHANGES = """
            update parent set name = 'changed' where id % 10 = 0;
            update parent set id = id + 10000 where id % 25 = 1;
            delete from parent where id % 7 = 0;
            insert into child (parent) select id from parent where id < 20;
            delete from myself where id in (100, 200);
            insert into myself values (5000, 5);
            update watched set x = 'y' where id % 3 = 0;
            delete from watched where id % 4 = 0;
            insert into watched values (1000, 'z');
            alter table kept disable trigger kept;
            delete from kept where id % 2 = 0;
            insert into kept values (1001, 'new');
            alter table kept enable always trigger kept;
            delete from checked where id = 1;
            update checked set n = 33 where id = 3;
            delete from only elder where id = 1;
            delete from younger where id = 3;
            update swapped set place = 101 - place where false;
            update swapped set place = -place;
            update swapped set place = 101 + place;
            update swapped set during = int4range(10000 + id * 10, 10000 + id * 10 + 5);
            update swapped set during = int4range((101 - id) * 10, (101 - id) * 10 + 5);
            begin; update swapped set late = 101 - late; commit;
            update by_place set place = case place when 'n' then 's' else 'n' end where id % 10 = 0;
            update by_place set id = id + 1000 where id % 30 = 1 and id > 100;
            update south_low set v = 'w';
            delete from south where id = 33;
            update "Odd ""Schema\"""."Ta'ble $1 \\ ünï" set "col umn" = 'é' where "user" % 4 = 0;
            delete from "table" where "order" = 3;
            select nextval('loose'), nextval('loose'), setval('child_id_seq', 77, false);
            refresh materialized view above;
            refresh materialized view counted with no data;
            """;

    private HostileTables() {}
}
