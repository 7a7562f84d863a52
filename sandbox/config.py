from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Config:
    """Where the sandbox listens, what it is called and where it keeps things."""

    host: str
    smtp_port: int
    http_port: int
    root: Path
    tracking_domain: str
    authserv_id: str
    tracking_maildir: Path
    public_url: str
    portal_url: str
    trust_dir: Path

    @property
    def desks(self) -> dict[str, str]:
        """İYS's address → what its desk does."""
        return {
            "onkayit@iys.org.tr": "application",
            "satis@iys.org.tr": "sales",
            "isortagim@iys.org.tr": "assignment",
        }
