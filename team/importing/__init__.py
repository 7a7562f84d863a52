"""Many companies at once, from a list: read, mapped, checked, then founded and invited in waves."""
