"""How often something may be asked for, counted in the shared cache."""

from django.core.cache import cache


def allowed(key: str, *, limit: int, seconds: int) -> bool:
    """Counts one more request for `key`; True for the first `limit` within a window of `seconds`.

    The window opens with the first request and is closed by the cache's own clock.
    """
    name = f"throttle:{key}"
    if cache.add(name, 1, timeout=seconds):
        return True
    try:
        return bool(cache.incr(name) <= limit)
    except ValueError:
        # The window closed between the two calls.
        cache.add(name, 1, timeout=seconds)
        return True
