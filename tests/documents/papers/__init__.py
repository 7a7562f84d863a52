"""Papers as signing programs, careless people and forgers hand them in.

Each family makes its files from a paper that was issued, and says what has to become of them; it knows nothing of
how the verification works.
"""
