-- known_word: one row per column that takes one of a few words, and word that it may hold.
-- kept as a view
SELECT place, word FROM (VALUES ('activities.category', 'general'), ('activities.category', 'ethics_or_regulations'),
  ('activities.delivery', 'unsupervised'), ('activities.delivery', 'onsite_assessment'), ('activities.audience', 'public'),
  ('activities.audience', 'internal'), ('activities.audience', 'commissioned'), ('participants.licence_type', 'individual'),
  ('participants.licence_type', 'travel'), ('activities.mode', 'elearning'), ('activities.mode', 'lecture'),
  ('activities.mode', 'multi_session'), ('events.purpose', 'login'), ('events.purpose', 'challenge'),
  ('events.purpose', 'assessment'), ('events.outcome', 'pass'), ('events.outcome', 'fail'),
  ('events.outcome', 'ignored')) AS words(place, word)
