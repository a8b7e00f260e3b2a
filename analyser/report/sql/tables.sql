-- one row per table or view of the database in use
SELECT table_name
FROM information_schema.tables
WHERE table_catalog IN (current_database(), 'temp')
