-- The first release. Instants are epoch milliseconds (bigint, named …_at) as everywhere in the product;
-- the view call_book shows them as Beijing time for people who read with plain SQL.

-- One row. id is made once: a seat keeps one local store per centre.
create table centre (
  one boolean primary key default true check (one),
  id text not null,
  name text not null,
  practice boolean not null,
  epoch int not null default 0,
  made_at bigint not null
);

create table accounts (
  id text primary key,
  name text not null,
  role text not null check (role in ('agent', 'lead', 'handler', 'admin')),
  department text,
  extension text unique,
  -- scrypt: parameters, salt and key in one text
  password text not null,
  disabled boolean not null default false,
  -- failed sign-ins since the last good one, and until when more are refused
  failures int not null default 0,
  failed_at bigint not null default 0,
  made_at bigint not null
);

-- Tokens are random; only their SHA-256 is kept.
create table sessions (
  id uuid primary key,
  account text not null references accounts (id),
  opened_at bigint not null,
  -- a shift: after that the password is asked again
  ends_at bigint not null,
  refresh_hash text not null unique,
  -- the one before: good for a short time again, in case the answer was lost
  previous_hash text,
  rotated_at bigint not null,
  closed_at bigint
);
create index sessions_account on sessions (account) where closed_at is null;

create table access_tokens (
  hash text primary key,
  session uuid not null references sessions (id) on delete cascade,
  expires_at bigint not null
);
create index access_tokens_session on access_tokens (session);

-- Refresh tokens already used: one coming back means that somebody copied it.
create table spent_tokens (
  hash text primary key,
  session uuid not null references sessions (id) on delete cascade
);

-- The order of changes for those who pull. A number is drawn only under advisory lock 12352, held to the end
-- of the transaction: whoever has seen number n has seen every smaller one.
create sequence change_order;

create table call_records (
  id uuid primary key,
  rev int not null,
  agent text not null references accounts (id),
  seat text not null,
  practice boolean not null,
  direction text not null,
  number text not null,
  -- last 11 digits: 013812345678, +86 138 1234 5678 and 13812345678 are one caller
  number_key text not null generated always as (right(regexp_replace(number, '\D', '', 'g'), 11)) stored,
  queue text,
  call_ref text,
  offered_at bigint not null,
  answered_at bigint,
  ended_at bigint not null,
  talk_ms bigint not null,
  hold_ms bigint not null,
  -- after-call work until filing
  wrapup_ms bigint,
  outcome text not null,
  ended_by text not null,
  hang_up_reason text,
  category text,
  topic text,
  disposition text,
  filed_at bigint,
  ticket_id uuid,
  -- the whole record as the seat sent it
  body jsonb not null,
  received_at bigint not null,
  -- the seat's clock minus ours when it was sent
  skew_ms bigint not null,
  change bigint not null unique
);
alter table call_records alter column body set storage external;
create index call_records_number on call_records (number_key, offered_at desc);
create index call_records_agent on call_records (agent, offered_at desc);

create table tickets (
  id uuid primary key,
  number text not null unique,
  rev int not null,
  state text not null check (state in ('dispatched', 'signed', 'returned', 'replied')),
  agent text not null references accounts (id),
  department text not null,
  assisting text[] not null default '{}',
  call_id uuid not null,
  dispatch jsonb not null,
  accepted_at bigint not null,
  sign_due_at bigint not null,
  due_at bigint not null,
  changed_at bigint not null,
  change bigint not null unique
);
create index tickets_department on tickets (department, accepted_at desc);
create index tickets_agent on tickets (agent, change);
create index tickets_accepted on tickets (accepted_at desc);

-- id is made by whoever acts: a repeated click finds its own row.
create table ticket_events (
  id uuid primary key,
  ticket uuid not null references tickets (id),
  at bigint not null,
  what text not null check (what in ('dispatch', 'sign', 'reply', 'return')),
  by_account text not null references accounts (id),
  by_name text not null,
  note text not null,
  substantiated text,
  solved text
);
create index ticket_events_ticket on ticket_events (ticket, at);

create table ticket_days (day text primary key, last int not null);

create table reference (
  version int primary key,
  body jsonb not null,
  loaded_at bigint not null,
  loaded_by text not null
);

-- Who did or saw what. Rows are only added.
create table audit (
  seq bigint generated always as identity primary key,
  -- client-made id of a note that came from a seat
  note uuid unique,
  at bigint not null,
  account text,
  what text not null,
  subject text,
  address text,
  received_at bigint not null
);
create index audit_account on audit (account, at);

create function audit_only_grows() returns trigger language plpgsql as $$
begin
  raise exception 'audit rows are never changed or deleted';
end
$$;
create trigger audit_only_grows before update or delete on audit
  for each row execute function audit_only_grows();

-- For people: one line per call in Beijing time, with what was written down.
create view call_book as
select
  c.id, c.agent, a.name as agent_name, c.seat, c.direction, c.number,
  to_timestamp(c.offered_at / 1000.0) at time zone 'Asia/Shanghai' as offered,
  to_timestamp(c.answered_at / 1000.0) at time zone 'Asia/Shanghai' as answered,
  to_timestamp(c.ended_at / 1000.0) at time zone 'Asia/Shanghai' as ended,
  round(c.talk_ms / 1000.0) as talk_seconds, c.outcome, c.ended_by, c.hang_up_reason,
  c.category, c.topic, c.disposition,
  c.body -> 'form' ->> 'callerName' as caller_name,
  c.body -> 'form' ->> 'employer' as employer,
  c.body -> 'form' ->> 'cause' as cause,
  c.body -> 'form' ->> 'course' as course,
  c.body -> 'form' ->> 'toldCaller' as told_caller,
  t.number as ticket
from call_records c
join accounts a on a.id = c.agent
left join tickets t on t.id = c.ticket_id;
