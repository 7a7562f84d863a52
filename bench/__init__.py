"""What the portal measures itself by: each piece of work beside the least code that does the same.

`make bench` prints a line per row: limit, ours, ratio, goal. Limit and ours take turns within one run on one
machine; only their ratio says something. What has no limit beside it is a `Figure`. What grows is asked in two
databases that are seeded in bulk (`bench/databases.py`, `bench/seeds.py`). A new row is a module with `ROWS`,
named in `bench/__main__.py`.
"""
