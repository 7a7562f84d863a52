"""A company goes to another partner: `preview` says what that means and what stops it, `doing` does it.

Its rows stay its own, and with the company they are the new partner's to look at. What names the earlier partner
beside it is seen to in `ties`.
"""
