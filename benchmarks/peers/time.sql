-- digest: one row per stream and bucket of time as long as the threshold: its first and last act and
-- its last word on media (twice the instant, plus one while a clip plays). A silence longer than the
-- threshold lies between two buckets, so nothing else of the events is needed.
-- read twice
SELECT participant_id, activity_id, module_id, session_id, {bucket} AS bucket, min(at_us) AS first_us,
  max(at_us) AS last_us,
  max(CASE WHEN event = 'media_play' THEN at_us * 2 + 1
    WHEN event IN ('media_pause', 'media_end') THEN at_us * 2 END) AS media
FROM (
  SELECT participant_id, activity_id, module_id, session_id, event, {micros} AS at_us FROM {events}
  WHERE activity_id IS NOT NULL AND session_id IS NOT NULL
    AND event NOT IN ('heartbeat', 'idle', 'timeout', 'edit')) AS act
GROUP BY participant_id, activity_id, module_id, session_id, {bucket};

-- silence: one row per silence of a stream that is longer than the threshold while nothing plays.
SELECT participant_id, activity_id, module_id, before_us AS start_us, first_us AS end_us
FROM (
  SELECT participant_id, activity_id, module_id, first_us,
    max(last_us) OVER earlier AS before_us, coalesce(max(media) OVER earlier, 0) % 2 AS playing
  FROM digest
  WINDOW earlier AS (PARTITION BY participant_id, activity_id, module_id, session_id ORDER BY bucket
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS step
WHERE before_us IS NOT NULL AND first_us - before_us > 600000000 AND playing = 0;

-- extent: one row per stream.
SELECT participant_id, activity_id, module_id, min(first_us) AS start_us, max(last_us) AS end_us
FROM digest GROUP BY participant_id, activity_id, module_id, session_id;

-- attempt: one row per attempt, from its start to its first submission.
SELECT participant_id, activity_id, module_id,
  CASE WHEN start_us > submit_us THEN first_us ELSE coalesce(start_us, first_us) END AS start_us,
  coalesce(submit_us, last_us) AS end_us
FROM (
  SELECT participant_id, activity_id, module_id, attempt_id, min(at_us) AS first_us, max(at_us) AS last_us,
    min(CASE WHEN event = 'assessment_start' THEN at_us END) AS start_us,
    min(CASE WHEN event = 'assessment_submit' THEN at_us END) AS submit_us
  FROM (
    SELECT participant_id, activity_id, module_id, attempt_id, event, {micros} AS at_us FROM {events}
    WHERE activity_id IS NOT NULL AND attempt_id IS NOT NULL) AS paper
  GROUP BY participant_id, activity_id, module_id, attempt_id) AS whole;

-- learned: one row per participant, activity and module: microseconds present, active and in assessment.
-- One sweep over the points where a stream, a silence or an attempt begins or ends.
SELECT participant_id, activity_id, module_id,
  CAST(coalesce(sum(CASE WHEN present > 0 OR tested > 0 THEN until_us - at_us END), 0) AS BIGINT) AS presence_us,
  CAST(coalesce(sum(CASE WHEN active > 0 AND tested = 0 THEN until_us - at_us END), 0) AS BIGINT) AS active_us,
  CAST(coalesce(sum(CASE WHEN tested > 0 THEN until_us - at_us END), 0) AS BIGINT) AS assessment_us
FROM (
  SELECT participant_id, activity_id, module_id, at_us,
    min(at_us) OVER (PARTITION BY participant_id, activity_id, module_id ORDER BY at_us
      ROWS BETWEEN 1 FOLLOWING AND 1 FOLLOWING) AS until_us,
    sum(present) OVER sofar AS present, sum(active) OVER sofar AS active, sum(tested) OVER sofar AS tested
  FROM (
    SELECT participant_id, activity_id, module_id, at_us, sum(present) AS present, sum(active) AS active,
      sum(tested) AS tested
    FROM (
      SELECT participant_id, activity_id, module_id, start_us AS at_us, 1 AS present, 1 AS active, 0 AS tested FROM extent
      UNION ALL SELECT participant_id, activity_id, module_id, end_us, -1, -1, 0 FROM extent
      UNION ALL SELECT participant_id, activity_id, module_id, start_us + 600000000, 0, -1, 0 FROM silence
      UNION ALL SELECT participant_id, activity_id, module_id, end_us, 0, 1, 0 FROM silence
      UNION ALL SELECT participant_id, activity_id, module_id, start_us, 0, 0, 1 FROM attempt
      UNION ALL SELECT participant_id, activity_id, module_id, end_us, 0, 0, -1 FROM attempt) AS edge
    GROUP BY participant_id, activity_id, module_id, at_us) AS point
  WINDOW sofar AS (PARTITION BY participant_id, activity_id, module_id ORDER BY at_us
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)) AS swept
GROUP BY participant_id, activity_id, module_id;
