-- Used refresh tokens of a session that is over say nothing any more, but for the last one, which its seat may still hold.
create index spent_tokens_session on spent_tokens (session);
update sessions set closed_at = ends_at where closed_at is null and ends_at < extract(epoch from now()) * 1000;
delete from spent_tokens t using sessions s
where s.id = t.session and s.closed_at is not null and t.hash <> s.previous_hash;
