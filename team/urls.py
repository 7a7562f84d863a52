from django.urls import path

from team.views import entering, mail, notices, people, sms_notices
from tenancy.signed_ids import register

register("invitation")
app_name = "team"

urlpatterns = [
    path("yeni/", entering.company_new, name="company_new"),
    path("sec/", entering.choose, name="choose"),
    path("davet/<invitation:pk>/", entering.join, name="join"),
    path("ekip/", people.people, name="people"),
    path("ekip/ayril/", people.leave, name="leave"),
    path("ekip/devret/", people.hand_over, name="hand_over"),
    path("ekip/<int:pk>/yetki/", people.role, name="role"),
    path("ekip/<int:pk>/cikar/", people.remove, name="remove"),
    path("ekip/davet/<uuid:pk>/yenile/", people.renew, name="renew_invitation"),
    path("ekip/davet/<uuid:pk>/geri-al/", people.revoke, name="revoke_invitation"),
    path("bildirimler/", notices.notices, name="notices"),
    path("bildirimler/sms/", sms_notices.show, name="sms_notices"),
    path("yonlendirme/", mail.forwarding, name="forwarding"),
    path("yonlendirme/dene/", mail.try_forward, name="try_forward"),
    path("yonlendirme/durum/", mail.forward_state, name="forward_state"),
    path("gonderim-hesabi/", mail.sending_account, name="sending_account"),
    path("gonderim-hesabi/durum/", mail.account_state, name="account_state"),
    path("gonderim-hesabi/dene/", mail.test_account, name="test_account"),
    path("gonderim-hesabi/kaldir/", mail.remove_account, name="remove_account"),
]
