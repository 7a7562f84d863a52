from allauth.mfa.models import Authenticator
from django.contrib import admin

# Whoever could edit rows here could give a colleague's account a key of their own; see reset_second_factor.
admin.site.unregister(Authenticator)
