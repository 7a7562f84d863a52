from django.db import migrations

# As a new installation begins; edited in the admin from then on. The law behind each stands in privacy/kinds.py.
PERIODS = (
    ("codes", 7, "KVKK 4/2-ç: amacı bir saat içinde biter; bir hafta, şikâyet edilen denemeler için"),
    ("account_letters", 90, "KVKK 4/2-ç: bir mektubun ulaşıp ulaşmadığı bu sürede sorulur"),
    ("unowned_mails", 180, "KVKK 4/2-ç: sonradan açılan bir başvurunun geciken yanıtı olabilir"),
    ("invitations", 180, "KVKK 4/2-ç: kimin kimi davet ettiği günlükte kalır"),
    ("join_requests", 180, "KVKK 4/2-ç"),
    ("links", 90, "KVKK 4/2-ç"),
    ("packs", 30, "KVKK 4/2-ç: aynı içerikle yeniden hazırlanır"),
    ("replaced_documents", 730, "KVKK 7: yanlış yüklenen belgenin işlenme amacı kalmamıştır"),
    ("abandoned", 730, "KVKK 7: başvuru gönderilmediği için saklama yükümlülüğü doğmaz"),
    ("ended", 3653, "TTK 82: ticari yazışmalar on yıl; VUK 253: beş yıl; TBK 146: on yıllık zamanaşımı"),
    ("accounts", 730, "KVKK 7: hiçbir firmada görevi olmayan kişinin hesabı"),
    ("staff_log", 730, "KVKK 12: kimin neye baktığı denetlenebilsin diye"),
)


def add(apps, schema_editor):
    rules = apps.get_model("privacy", "RetentionRule").objects
    for kind, days, basis in PERIODS:
        rules.get_or_create(kind=kind, defaults={"days": days, "basis": basis})


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
