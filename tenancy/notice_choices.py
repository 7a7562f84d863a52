"""Of what somebody wants to be told by mail."""

from tenancy.choices import OpenChoices


class CompanyNotices(OpenChoices):
    """How much of what happens to the application a person of the company is told by mail."""

    ALL = "all", "Her gelişmede"
    TURN = "turn", "Yalnızca sıra bizdeyken"
    NONE = "none", "Hiçbir zaman"


class StaffNotices(OpenChoices):
    NOW = "now", "Hemen, ayrıca her iş günü sabahı özet"
    DIGEST = "digest", "Her iş günü sabahı özet"
    NONE = "none", "Hiçbir zaman"
