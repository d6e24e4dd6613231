-- What the centre owes the world outside: a notice to a department, a text message to a worker. Written in the
-- transaction of what causes it, delivered later through the gateway, kept for ever.
create table outward (
  seq bigint generated always as identity primary key,
  -- the gateway does one thing per key, however often it is asked
  key text not null unique,
  kind text not null check (kind in ('notice', 'sms')),
  ticket uuid not null references tickets (id),
  -- code of a department, or a mobile number
  recipient text not null,
  -- exactly what the gateway is sent
  body jsonb not null,
  made_at bigint not null,
  state text not null default 'waiting'
    check (state in ('waiting', 'delivered', 'refused', 'held', 'dropped')),
  -- not asked again before
  due_at bigint not null,
  attempts int not null default 0,
  -- a person said: send it all the same, old as it is
  released boolean not null default false,
  -- what the gateway said last: an HTTP status, or that it did not answer
  said text,
  settled_at bigint
);
create index outward_open on outward (seq) where state in ('waiting', 'refused', 'held');
create index outward_ticket on outward (ticket, seq);
