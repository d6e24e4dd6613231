-- Every revision of a dispatch that ever came in: of two made on two computers under one number none is lost unseen.
create table dispatch_revisions (
  ticket uuid not null references tickets (id),
  rev int not null,
  dispatch jsonb not null,
  received_at bigint not null,
  primary key (ticket, rev)
);
insert into dispatch_revisions (ticket, rev, dispatch, received_at)
select id, rev, dispatch, changed_at from tickets;
