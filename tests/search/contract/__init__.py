"""What every engine must do, whichever it is.

Each test here takes the fixture `shelf` and so runs once for each engine: on the database in use (SQLite, or PostgreSQL
when DATABASE_URL names one), and on Elasticsearch when ELASTICSEARCH_URL names one.
"""
