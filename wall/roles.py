"""PostgreSQL's roles that hold the rights. None may log in: log-in roles are members of them. PURE."""

from collections.abc import Mapping

WEB = "iysportal_web"  # people of companies, and visitors
STAFF = "iysportal_staff"  # a partner's staff, on their own pages
WORKER = "iysportal_worker"  # tasks, which go through all companies' rows

ROLES: Mapping[str, str] = {"web": WEB, "staff": STAFF}
