"""What mails say: parsed, classified by rules, told from what machines write.

PURE as a whole: bytes and rules in, dataclasses out.
"""
