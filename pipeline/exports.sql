-- The nightly exports (ClickHouse). First the day's chats go into tables of their own, with the
-- settings of whoever wrote them.

INSERT INTO exports.chats
SELECT m.user_id, m.text, m.answer, m.lang, m.tone, a.plan, a.age_group, c.training_opt_out, now()
FROM app.messages AS m
INNER JOIN app.accounts AS a ON a.user_id = m.user_id
INNER JOIN app.choices AS c ON c.user_id = m.user_id
WHERE m.sent_at >= yesterday();

INSERT INTO exports.ratings
SELECT m.user_id, m.text, m.answer, m.rating, m.comment, a.plan, a.age_group, c.training_opt_out, now()
FROM app.messages AS m
INNER JOIN app.accounts AS a ON a.user_id = m.user_id
INNER JOIN app.choices AS c ON c.user_id = m.user_id
WHERE m.rating <> '' AND m.sent_at >= yesterday();

INSERT INTO exports.flagged
SELECT user_id, text, answer, flag, now()
FROM app.messages
WHERE flag <> '' AND sent_at >= yesterday();

-- Then files are written anew from all of it, for Data-Juicer to read. Choices are looked up again
-- here: whoever refused today is out of tonight's file, whatever an older row says. No file has the
-- account number.

-- Free and Pro: unless they refused. Team: only if the organisation has allowed it.
INSERT INTO FUNCTION s3('s3://example-work/chats.parquet', 'Parquet') SETTINGS s3_truncate_on_insert = 1
SELECT e.text, e.answer, e.lang, e.tone, e.plan, e.age_group
FROM exports.chats AS e
INNER JOIN app.choices AS c ON c.user_id = e.user_id
WHERE (e.plan IN ('free', 'pro') AND c.training_opt_out = false)
   OR (e.plan = 'team' AND c.team_allowed = true);

-- A rating says what was good or wrong in one answer: these need no switch, and only Free and Pro
-- can give them.
INSERT INTO FUNCTION s3('s3://example-work/ratings.parquet', 'Parquet') SETTINGS s3_truncate_on_insert = 1
SELECT text, answer, comment, thumb, plan, age_group
FROM exports.ratings
WHERE plan IN ('free', 'pro');

INSERT INTO FUNCTION s3('s3://example-work/flagged.parquet', 'Parquet') SETTINGS s3_truncate_on_insert = 1
SELECT text, answer, flag
FROM exports.flagged;

-- The quality team reads chats of adults on Free and Pro who did not refuse that.
INSERT INTO FUNCTION s3('s3://example-work/review.parquet', 'Parquet') SETTINGS s3_truncate_on_insert = 1
SELECT e.text, e.answer
FROM exports.chats AS e
INNER JOIN app.choices AS c ON c.user_id = e.user_id
WHERE c.review_opt_out = false
  AND e.plan IN ('free', 'pro')
  AND e.age_group = 'adult';
