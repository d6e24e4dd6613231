-- The keys the stores of an account are sealed with, on every seat that account works at. Handed out with each session;
-- never in an answer to anybody else, in the audit or in a log.
create table store_keys (
  account text not null references accounts (id),
  -- random, so that one made after a restore differs from the one the backup lacked
  id int not null check (id between 1 and 65535),
  -- 32 random bytes in base64
  key text not null,
  made_at bigint not null,
  primary key (account, id)
);
