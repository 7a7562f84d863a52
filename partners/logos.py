"""A partner's logo: whatever picture staff choose, repainted as a small PNG, so that only pixels come along."""

import hashlib

from confinement.running import Ended, run
from confinement.serving import Limits
from identifiers import Refused
from partners.models import Logo, Partner

MAX_BYTES = 2 * 1024 * 1024
MAX_PIXELS = 20_000_000
BOX = (480, 160)  # pixels: twice what the widest place shows
LIMITS = Limits(memory=384 * 1024 * 1024, seconds=10)


def keep(*, partner: Partner, payload: bytes) -> Logo:
    """Makes the picture the partner's logo. Raises Refused for anything but a sound PNG or JPEG."""
    png, width, height = repainted(payload)
    values = {"png": png, "sha256": hashlib.sha256(png).hexdigest(), "width": width, "height": height}
    return Logo.objects.update_or_create(partner=partner, defaults=values)[0]


def repainted(payload: bytes) -> tuple[bytes, int, int]:
    """PNG, width, height."""
    if len(payload) > MAX_BYTES:
        raise Refused("Logo en çok 2 MB olabilir.")
    try:
        found = run(
            "partners.logo_painting:paint",
            {"payload": payload, "max_pixels": MAX_PIXELS, "box": BOX},
            limits=LIMITS,
        )
    except Ended as error:
        raise Refused("Logo çok büyük. Daha küçük bir resim seçin.") from error
    return bytes(found["png"]), int(found["width"]), int(found["height"])
