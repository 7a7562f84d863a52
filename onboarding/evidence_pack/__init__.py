"""The evidence pack: what belongs into it, and putting it together outside any request."""
