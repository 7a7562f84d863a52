"""To whom every row belongs (`declared`), and the policies that PostgreSQL holds against each statement.

`manage.py migrate` brings the database up to what is declared (`applying`); a table that is not declared makes it
fail. What a statement is told before is in `wall.statements`.
"""
