-- Knowledge: one row per revision of an edition; the code and the first day name the edition, its newest revision counts.
-- Nothing is deleted: what was in force on an earlier day can be asked for ever.
create table articles (
  code text not null,
  -- the edition's first day, YYYY-MM-DD
  effective_from text not null,
  rev int not null,
  body jsonb not null,
  loaded_at bigint not null,
  loaded_by text not null,
  -- drawn under advisory lock 12352 like every other change (0001-first.sql)
  change bigint not null unique,
  primary key (code, effective_from, rev)
);
