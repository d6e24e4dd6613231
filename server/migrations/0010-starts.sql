-- Each start of a centre on this database. Changes are numbered from `first` on, far above `last`, the highest there was: a
-- seat that was told of a number in between was told so by a database that has been put back since (server/history.ts).
create table starts (
  first bigint primary key,
  last bigint not null,
  -- of the centre, at this start or since
  epoch int not null,
  started_at bigint not null,
  -- when the loss was noticed, or that it was known already
  noticed_at bigint
);
