-- Every revision of a report that ever came in: of two written on two computers none is lost unseen.
create table warning_revisions (
  warning uuid not null references warnings (id),
  rev int not null,
  body jsonb not null,
  received_at bigint not null,
  -- a later one was here already
  late boolean not null,
  primary key (warning, rev)
);
insert into warning_revisions (warning, rev, body, received_at, late)
select id, rev, body, received_at, false from warnings;
