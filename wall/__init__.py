"""The second wall: which rows a database connection may see, said before each statement.

The first one is the code, which asks for a company's rows through `request.company`. This one is PostgreSQL's
row-level security: a query that forgot to ask so gets nothing. Here is what is said, and how; the policies that
PostgreSQL holds against it are made in `tenancy.rows`. SQLite has no such thing, and is told nothing.
"""
