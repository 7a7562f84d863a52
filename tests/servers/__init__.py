"""Throw-away servers for the tests: PostgreSQL, Redis, Dovecot and an S3 store (OpenStack Swift).

Each one is a real program, a child process on a free loopback port with its data in a temporary folder.
`python -m tests.servers -- COMMAND` starts all of them, hands their addresses to COMMAND in the environment
(see `stack.environment`), and stops them when COMMAND ends, however it ends.
"""
