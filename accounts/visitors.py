"""From where somebody comes, as it is said to people. PURE."""

import ipaddress

# The first that is named counts: most browsers name others too, for the sake of old pages.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("YaBrowser", "Yandex"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


def browser_of(user_agent: str) -> str:
    """“Chrome (Windows)”; the header is what the visitor says, so nothing of it is quoted."""
    browser, system = (
        next((name for sign, name in table if sign in user_agent), "") for table in (BROWSERS, SYSTEMS)
    )
    return f"{browser or 'Bilinmeyen tarayıcı'} ({system})" if system else browser or "Bilinmeyen tarayıcı"


def rough_address(address: str) -> str:
    """The network, which tells the person enough: the last part of an address is nobody else's business."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, 48), strict=False).network_address) + "…"
    return str(getattr(found, "ipv4_mapped", None) or found).rpartition(".")[0] + ".…"
