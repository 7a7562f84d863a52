"""What mails say: taken apart, read by rules, told from what machines write.

PURE as a whole: bytes and rules in, dataclasses out.
"""
