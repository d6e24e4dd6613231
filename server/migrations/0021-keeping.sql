-- One row: when the last good backup of this centre was made, by itself or by hand.
create table keeping (
  one boolean primary key default true check (one),
  backed_up_at bigint
);
insert into keeping default values;
-- Written and thrown away again by every look whether the database still writes (server/keeping.ts).
create table write_trial (filling text not null);
alter table write_trial alter column filling set storage plain;
