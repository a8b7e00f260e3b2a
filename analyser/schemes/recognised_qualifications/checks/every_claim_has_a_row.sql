-- every_claim_has_a_row: one row if the claims and their verdicts are not equally many.
SELECT a.n FROM (SELECT count(*) AS n FROM claims) a, (SELECT count(*) AS n FROM credits) b WHERE a.n <> b.n
