-- Who worked at a seat and does other work now still has calls, dispatches and warnings to hand in: they are taken. Up to
-- here nobody noted it, so whoever the centre has calls of had one.
alter table accounts add column if not exists had_seat boolean not null default false;
update accounts set had_seat = true where exists (select from call_records c where c.agent = accounts.id);
