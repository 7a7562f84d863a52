"""What a TCKN, a VKN, a MERSİS number, an İYS code, a phone number or a place is. PURE.

Each module has `clean(text, …)`, which gives the canonical form or raises Refused.
"""


class Refused(ValueError):
    """The text is not what it should be; the message is a Turkish sentence that says how to mend it."""
