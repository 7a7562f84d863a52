from django.contrib.admin.apps import AdminConfig


class StaffPagesConfig(AdminConfig):
    """In INSTALLED_APPS in the place of django.contrib.admin."""

    default_site = "accounts.staff_site.StaffSite"
