-- Files an agent added to a call: announced, filled chunk by chunk, whole when the SHA-256 fits. The same content is
-- kept once: `content` names the attachment whose chunks hold it.
create table attachments (
  id uuid primary key,
  call_id uuid not null references call_records (id),
  agent text not null references accounts (id),
  name text not null,
  type text not null,
  bytes int not null,
  sha256 text not null,
  added_at bigint not null,
  begun_at bigint not null,
  received int not null default 0,
  content uuid references attachments (id),
  whole_at bigint
);
create index attachments_call on attachments (call_id) where whole_at is not null;
create index attachments_content on attachments (sha256) where whole_at is not null;

-- Base64, so that a backup is text like everything else.
create table attachment_chunks (
  attachment uuid not null references attachments (id),
  chunk int not null,
  data text not null,
  primary key (attachment, chunk)
);
