"""The backup of database and files, the look whether it can be restored, and the way back.

The database is copied first, then the files: a file is in the store before a row names it, so every file that a
row of the copy names is copied after it. The other way round, rows written in between would name files that the
copy has not. A file that is erased in between is in no copy, as it is to be.
"""
