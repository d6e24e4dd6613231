-- Filed forms of a call that a later revision took the place of, or that came after it (server/callRevisions.ts): of two
-- written on two computers none is lost unseen.
create table call_revisions (
  call uuid not null references call_records (id),
  rev int not null,
  body jsonb not null,
  received_at bigint not null,
  primary key (call, rev)
);
