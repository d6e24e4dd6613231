-- Early warnings: what seats report, joined into events about one employer, and what duty leaders do about them.
alter table accounts drop constraint accounts_role_check;
alter table accounts add constraint accounts_role_check
  check (role in ('agent', 'lead', 'handler', 'duty', 'admin'));

create table warning_events (
  -- id of the first report
  id uuid primary key,
  number text not null unique,
  employer text not null,
  -- what makes two names one employer (core/warnings/employer.ts); '': joined with nothing
  employer_key text not null,
  level text not null check (level in ('red', 'orange', 'yellow', 'blue')),
  state text not null default 'open' check (state in ('open', 'signed', 'closed')),
  received_at bigint not null,
  rang_since bigint not null,
  -- how often it was passed on to the next duty leader since then
  rung int not null default 0,
  signed_at bigint,
  signed_by text references accounts (id),
  closed_at bigint,
  changed_at bigint not null
);
create index warning_events_open on warning_events (received_at) where state <> 'closed';
create index warning_events_closed on warning_events (closed_at desc) where state = 'closed';

create table warnings (
  id uuid primary key,
  event uuid not null references warning_events (id),
  rev int not null,
  agent text not null references accounts (id),
  call_id uuid not null,
  -- the whole report as the seat sent it
  body jsonb not null,
  received_at bigint not null,
  change bigint not null unique
);
create index warnings_event on warnings (event, received_at);
create index warnings_agent on warnings (agent, change);

-- id is made by whoever acts: a repeated click finds its own row.
create table warning_notes (
  id uuid primary key,
  event uuid not null references warning_events (id),
  at bigint not null,
  what text not null
    check (what in ('report', 'change', 'graver', 'escalate', 'sign', 'order', 'progress', 'close')),
  -- null: the centre itself
  by_account text references accounts (id),
  by_name text not null,
  note text not null
);
create index warning_notes_event on warning_notes (event, at);
