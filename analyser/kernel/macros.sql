-- Shared words. A position is an instant and its tie order in one number, so that `order by pos`
-- is the total order of a participant's events; `at_of` gives the instant back.
CREATE OR REPLACE TEMP MACRO pos_of(at_us, tie) AS (at_us - getvariable('pos_base')) * getvariable('pos_span') + tie;
CREATE OR REPLACE TEMP MACRO at_of(pos) AS (getvariable('pos_base') + pos // getvariable('pos_span'))::BIGINT;
CREATE OR REPLACE TEMP MACRO hk_time(us) AS make_timestamp(us + getvariable('hong_kong_us'));
CREATE OR REPLACE TEMP MACRO hk_date(us) AS hk_time(us)::DATE;
CREATE OR REPLACE TEMP MACRO iso(us) AS
  CASE WHEN us % 1000000 = 0 THEN strftime(hk_time(us), '%Y-%m-%dT%H:%M:%S+08:00')
    ELSE strftime(hk_time(us), '%Y-%m-%dT%H:%M:%S.%f+08:00') END;

-- Sessions formed by events that carry an id: one row per session. A session is closed by its
-- first logout or timeout (with the logout that follows a timeout at once); what comes later than
-- the grace after the close starts another session with the same id.
CREATE OR REPLACE TEMP MACRO session_chain(source) AS TABLE
WITH RECURSIVE bunch AS MATERIALIZED (
  -- A session id is numbered within its participant, so the number alone groups.
  SELECT any_value(pid) AS pid, sid, min(pos) AS first_pos, max(pos) AS last_pos,
    min(pos) FILTER (kind IN ('timeout', 'logout')) AS close_pos
  FROM query_table(source) WHERE sid IS NOT NULL GROUP BY sid),
tangled AS (SELECT * FROM bunch WHERE close_pos < last_pos),
member AS (
  SELECT e.pid, e.sid, e.pos, e.kind, lead(e.kind) OVER turn AS next_kind, lead(e.pos) OVER turn AS next_pos
  FROM query_table(source) e SEMI JOIN tangled USING (sid)
  WINDOW turn AS (PARTITION BY e.pid, e.sid ORDER BY e.pos)),
closing AS (
  SELECT pid, sid, pos, CASE WHEN is_pair THEN next_pos ELSE pos END AS close_pos,
    CASE WHEN is_pair THEN pos END AS timeout_pos
  FROM (
    SELECT *, kind = 'timeout' AND coalesce(next_kind = 'logout', false)
      AND at_of(next_pos) - at_of(pos) <= getvariable('session_close_grace_us') AS is_pair
    FROM member WHERE kind IN ('timeout', 'logout'))),
resumed AS (
  SELECT c.*, m.pos AS resume_pos
  FROM (SELECT *, pos_of(at_of(close_pos) + getvariable('session_close_grace_us') + 1, 0) AS from_pos FROM closing) c
  ASOF LEFT JOIN member m ON c.pid = m.pid AND c.sid = m.sid AND c.from_pos <= m.pos),
-- Which closing comes next is looked up once: a chain that searched for it would be quadratic in its turns.
linked AS (SELECT r.*, n.pos AS next_pos FROM resumed r ASOF LEFT JOIN closing n ON r.sid = n.sid AND r.resume_pos <= n.pos),
chain AS (
  SELECT pid, sid, 1 AS turn, first_pos, last_pos, close.pos
  FROM tangled JOIN (SELECT sid, min(pos) AS pos FROM closing GROUP BY sid) close USING (sid)
  UNION ALL
  SELECT c.pid, c.sid, c.turn + 1, l.resume_pos, c.last_pos, l.next_pos
  FROM chain c JOIN linked l ON l.sid = c.sid AND l.pos = c.pos WHERE l.resume_pos IS NOT NULL)
SELECT pid, sid, 1 AS turn, first_pos AS start_pos, last_pos AS end_pos, close_pos,
  NULL::BIGINT AS timeout_pos, false AS has_late, false AS is_tangled
FROM bunch WHERE close_pos IS NULL OR close_pos = last_pos
UNION ALL
SELECT c.pid, c.sid, c.turn, c.first_pos, coalesce(l.close_pos, c.last_pos), l.close_pos, l.timeout_pos,
  coalesce(l.close_pos < c.last_pos, false), true
FROM chain c LEFT JOIN linked l ON l.sid = c.sid AND l.pos = c.pos;

-- Where idle time begins in a silent part, or null when the part is not longer than the threshold.
CREATE OR REPLACE TEMP MACRO idle_from(silent_us, end_us, threshold_us, is_whole) AS
  CASE WHEN end_us - silent_us > threshold_us
    THEN CASE WHEN is_whole THEN silent_us ELSE silent_us + threshold_us END END;

-- The register row for a date: one in force, of several the one that began last; else the row
-- that began last before the date, else the earliest.
CREATE OR REPLACE TEMP MACRO register_at(asked) AS TABLE
SELECT q.oid, q.on_date, r.rank,
  coalesce(r.approved_from <= q.on_date, true) AND coalesce(r.approved_to >= q.on_date, true) AS is_approved
FROM query_table(asked) q JOIN register_row r USING (oid)
QUALIFY row_number() OVER (PARTITION BY q.oid, q.on_date ORDER BY
  coalesce(r.approved_from <= q.on_date, true) AND coalesce(r.approved_to >= q.on_date, true) DESC,
  coalesce(r.approved_from <= q.on_date, true) DESC,
  CASE WHEN coalesce(r.approved_from <= q.on_date, true) THEN NULL ELSE r.approved_from END, r.rank DESC) = 1;

-- The assessment period of a date, named by its two years, like 2024/25.
CREATE OR REPLACE TEMP MACRO period_of(on_date) AS
  (year(on_date) - (month(on_date) < getvariable('period_first_month'))::INTEGER)::VARCHAR || '/'
  || lpad(((year(on_date) - (month(on_date) < getvariable('period_first_month'))::INTEGER + 1) % 100)::VARCHAR, 2, '0');

-- Minutes as decimal hours (thirty minutes are 0.5), exact where four places hold them, else to the nearest.
CREATE OR REPLACE TEMP MACRO hours(minutes) AS (((minutes::BIGINT * 10000 + 60 // 2) // 60)::DECIMAL(14,0) * 0.0001)::DECIMAL(12,4);

-- Marks compare as fractions of whole numbers in lowest terms, so that nothing is rounded and
-- nothing overflows. `whole_of` gives a decimal in units of its last digit.
CREATE OR REPLACE TEMP MACRO whole_of(mark) AS replace(mark::DECIMAL(38,18)::VARCHAR, '.', '')::HUGEINT;
CREATE OR REPLACE TEMP MACRO lowest(part, whole) AS
  {'part': part // nullif(gcd(part, whole), 0), 'whole': whole // nullif(gcd(part, whole), 0)};
-- A full mark of nothing is no score: without this, five of none would reach every pass mark.
CREATE OR REPLACE TEMP MACRO fraction(mark, full_mark) AS
  CASE WHEN full_mark > 0 THEN lowest(whole_of(mark), whole_of(full_mark)) END;
CREATE OR REPLACE TEMP MACRO reaches(gained, needed) AS
  gained.part * needed.whole >= needed.part * gained.whole;
