"""Servers for the tests: PostgreSQL, Redis, Dovecot and an S3 store (OpenStack Swift).

Each one is a real program, a child process on a free loopback port with its data in a temporary folder.
`python -m tests.servers -- COMMAND` hands their addresses to COMMAND in the environment (see `stack.running`) and
tidies up when COMMAND ends, however it ends. What a test needs of them is read from its fixtures (`needs`).
"""
