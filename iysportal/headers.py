"""What every answer says to the browser, unless its view says something else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Nothing of these is used; who finds a way to put something into a page cannot use it either. Passkeys stay.
DENIED = (
    "accelerometer", "autoplay", "browsing-topics", "display-capture", "encrypted-media",
    "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone",
    "midi",
    "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
HEADERS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in DENIED),
    # No other site puts an answer of ours into its own pages (Fetch Standard, 3.7); logos in mails differ.
    "Cross-Origin-Resource-Policy": "same-origin",
    # Pages show personal data: neither a shared computer's cache nor its back button keeps one (RFC 9111,
    # 5.2.2.5).
    "Cache-Control": "private, no-store",
}


class HeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer


def on_static_files(headers: dict[str, str], _path: str, _url: str) -> None:
    """For WhiteNoise, which answers before any middleware behind it."""
    headers["Cross-Origin-Resource-Policy"] = HEADERS["Cross-Origin-Resource-Policy"]
