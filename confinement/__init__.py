"""Work on files from outside, each in a process of its own with limits of memory and time.

The portal asks through `running.run`. `keeper` is a small server that has loaded what the work needs and forks for
each file; `serving` is what happens in such a fork; `wire` is how they talk
(docs/decisions/0015-files-in-a-process-of-their-own.md).
"""
