"""Two companies that are one become one: `kinds` says of every table what happens to its rows, `preview` what
would happen to these two, `doing` and `undoing` do it.

The company that goes stays as a shell that points to the other (`Company.merged_into`). What has to stay where it
is stays with it: the journal, whose chain is the company's, proofs, and the tracking address, to which mail still
comes (`correspondence.incoming.owners`).
"""
