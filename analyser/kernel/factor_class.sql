-- factor_class: one row per method of an identity check that the policy puts in a class.
-- kept as a view
SELECT key AS factor, value AS class FROM policy_map WHERE name = 'factor_map'
